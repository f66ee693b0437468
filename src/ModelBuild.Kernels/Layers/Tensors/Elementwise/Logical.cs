using System;

namespace ModelBuild.Kernels;

/// <summary>A function of two truth values over arrays that are broadcast to each other.</summary>
/// <param name="left">Left operand.</param>
/// <param name="right">Right operand.</param>
/// <param name="output">Output.</param>
/// <param name="function">A name of <see cref="LogicalFunction"/>.</param>
internal sealed class Logical(FlatBuffer<bool> left, FlatBuffer<bool> right, FlatBuffer<bool> output, string function) : Layer
{
    private readonly LogicalFunction _function = Enum.Parse<LogicalFunction>(function);
    private readonly FlatBuffer<bool> _output = Shapes.Shaped(output, Shapes.Broadcast(left.Shape, right.Shape));

    public override void Run(Workspace workspace) => Run(
        _function, workspace.Elements(left), left.Shape, workspace.Elements(right), right.Shape, workspace.Elements(_output));

    /// <summary>Applies the function; arguments as those of <see cref="Binary.Run"/>.</summary>
    public static void Run(
        LogicalFunction function, ReadOnlySpan<bool> left, ReadOnlySpan<int> leftShape, ReadOnlySpan<bool> right, ReadOnlySpan<int> rightShape,
        Span<bool> destination)
    {
        switch (function)
        {
            case LogicalFunction.And: Binary.Run<bool, bool, AndFunction>(left, leftShape, right, rightShape, destination); break;
            case LogicalFunction.Or: Binary.Run<bool, bool, OrFunction>(left, leftShape, right, rightShape, destination); break;
            case LogicalFunction.Equal: Binary.Run<bool, bool, EqualFunction>(left, leftShape, right, rightShape, destination); break;
            case LogicalFunction.NotEqual: Binary.Run<bool, bool, NotEqualFunction>(left, leftShape, right, rightShape, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function.");
        }
    }

    private readonly struct AndFunction : IBinaryFunction<bool, bool>
    {
        public static bool Apply(bool left, bool right) => left & right;
    }

    private readonly struct OrFunction : IBinaryFunction<bool, bool>
    {
        public static bool Apply(bool left, bool right) => left | right;
    }

    private readonly struct EqualFunction : IBinaryFunction<bool, bool>
    {
        public static bool Apply(bool left, bool right) => left == right;
    }

    private readonly struct NotEqualFunction : IBinaryFunction<bool, bool>
    {
        public static bool Apply(bool left, bool right) => left != right;
    }
}
