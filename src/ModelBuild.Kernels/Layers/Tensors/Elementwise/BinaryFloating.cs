using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>A function of two floating-point numbers over arrays that are broadcast to each other.</summary>
internal static class BinaryFloating
{
    /// <summary>Applies the function; arguments as those of <see cref="Binary.Run"/>.</summary>
    public static void Run<T>(
        BinaryFunction function, ReadOnlySpan<T> left, ReadOnlySpan<int> leftShape, ReadOnlySpan<T> right, ReadOnlySpan<int> rightShape, Span<T> destination)
        where T : IFloatingPointIeee754<T>
    {
        switch (function)
        {
            case BinaryFunction.Add: Binary.Run<T, T, AddFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Subtract: Binary.Run<T, T, SubtractFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Multiply: Binary.Run<T, T, MultiplyFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Divide: Binary.Run<T, T, FloatingFunctions.Divide<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.DivideNoNan: Binary.Run<T, T, FloatingFunctions.DivideNoNan<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.FloorDivide: Binary.Run<T, T, FloatingFunctions.FloorDivide<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.FloorModulo: Binary.Run<T, T, FloatingFunctions.FloorModulo<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.TruncateDivide: Binary.Run<T, T, FloatingFunctions.TruncateDivide<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.TruncateModulo: Binary.Run<T, T, FloatingFunctions.TruncateModulo<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Maximum: Binary.Run<T, T, MaximumFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Minimum: Binary.Run<T, T, MinimumFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Power: Binary.Run<T, T, FloatingFunctions.Power<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.SquaredDifference: Binary.Run<T, T, SquaredDifferenceFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Atan2: Binary.Run<T, T, FloatingFunctions.Atan2<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.NextAfter: Binary.Run<T, T, FloatingFunctions.NextAfter<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.IncompleteGamma: Binary.Run<T, T, GammaFunctions.Lower<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.IncompleteGammaComplement: Binary.Run<T, T, GammaFunctions.Upper<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Zeta: Binary.Run<T, T, GammaFunctions.Zeta<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Polygamma: Binary.Run<T, T, GammaFunctions.Polygamma<T>>(left, leftShape, right, rightShape, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function of floating-point numbers.");
        }
    }
}

/// <inheritdoc cref="BinaryFloating"/>
/// <param name="left">Left operand.</param>
/// <param name="right">Right operand.</param>
/// <param name="output">Output.</param>
/// <param name="function">A name of <see cref="BinaryFunction"/>.</param>
internal sealed class BinaryFloating<T>(FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<T> output, string function) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BinaryFunction _function = Enum.Parse<BinaryFunction>(function);
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Shapes.Broadcast(left.Shape, right.Shape));

    public override void Run(Workspace workspace) => BinaryFloating.Run<T>(
        _function, workspace.Elements(left), left.Shape, workspace.Elements(right), right.Shape, workspace.Elements(_output));
}
