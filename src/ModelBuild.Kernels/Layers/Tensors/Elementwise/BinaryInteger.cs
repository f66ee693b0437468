using System;
using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>A function of two integers over arrays that are broadcast to each other.</summary>
internal static class BinaryInteger
{
    /// <summary>Applies the function; arguments as those of <see cref="Binary.Run"/>.</summary>
    /// <exception cref="DivideByZeroException">A division by zero.</exception>
    /// <exception cref="ArgumentException">A negative power.</exception>
    public static void Run<T>(
        BinaryFunction function, ReadOnlySpan<T> left, ReadOnlySpan<int> leftShape, ReadOnlySpan<T> right, ReadOnlySpan<int> rightShape, Span<T> destination)
        where T : IBinaryInteger<T>
    {
        switch (function)
        {
            case BinaryFunction.Add: Binary.Run<T, T, AddFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Subtract: Binary.Run<T, T, SubtractFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Multiply: Binary.Run<T, T, MultiplyFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.DivideNoNan: Binary.Run<T, T, IntegerFunctions.DivideNoNan<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.FloorDivide: Binary.Run<T, T, IntegerFunctions.FloorDivide<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.FloorModulo: Binary.Run<T, T, IntegerFunctions.FloorModulo<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Divide or BinaryFunction.TruncateDivide:
                Binary.Run<T, T, IntegerFunctions.TruncateDivide<T>>(left, leftShape, right, rightShape, destination);
                break;
            case BinaryFunction.TruncateModulo: Binary.Run<T, T, IntegerFunctions.TruncateModulo<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Maximum: Binary.Run<T, T, MaximumFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Minimum: Binary.Run<T, T, MinimumFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.Power: Binary.Run<T, T, IntegerFunctions.Power<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.SquaredDifference: Binary.Run<T, T, SquaredDifferenceFunction<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.BitwiseAnd: Binary.Run<T, T, BitFunctions.And<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.BitwiseOr: Binary.Run<T, T, BitFunctions.Or<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.BitwiseXor: Binary.Run<T, T, BitFunctions.Xor<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.ShiftLeft: Binary.Run<T, T, BitFunctions.Left<T>>(left, leftShape, right, rightShape, destination); break;
            case BinaryFunction.ShiftRight: Binary.Run<T, T, BitFunctions.Right<T>>(left, leftShape, right, rightShape, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function of integers.");
        }
    }
}

/// <inheritdoc cref="BinaryInteger"/>
/// <param name="left">Left operand.</param>
/// <param name="right">Right operand.</param>
/// <param name="output">Output.</param>
/// <param name="function">A name of <see cref="BinaryFunction"/>.</param>
internal sealed class BinaryInteger<T>(FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<T> output, string function) : Layer
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly BinaryFunction _function = Enum.Parse<BinaryFunction>(function);
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, Shapes.Broadcast(left.Shape, right.Shape));

    public override void Run(Workspace workspace) => BinaryInteger.Run<T>(
        _function, workspace.Elements(left), left.Shape, workspace.Elements(right), right.Shape, workspace.Elements(_output));
}
