using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelBuild.Kernels;

/// <summary>A function applied to each element of an array; the same bits on every CPU (<see cref="FloatMath"/>).</summary>
internal sealed class UnaryFloat : Layer
{
    private readonly FlatBuffer<float> _input;
    private readonly FlatBuffer<float> _output;
    private readonly FloatFunction _function;

    /// <param name="input">The array.</param>
    /// <param name="output">Results, as many.</param>
    /// <param name="function">A name of <see cref="FloatFunction"/>.</param>
    public UnaryFloat(FlatBuffer<float> input, FlatBuffer<float> output, string function)
    {
        BufferChecks.Require(input.Length == output.Length, "arrays differ in length");
        BufferChecks.Require(Enum.TryParse(function, out _function), "there is no function " + function);
        _input = input;
        _output = output;
    }

    public override void Run(Workspace workspace) => Run(_function, workspace.Elements(_input), workspace.Elements(_output));

    /// <summary>Sets each element of <paramref name="destination"/> to the function of the one of <paramref name="source"/>.</summary>
    public static void Run(FloatFunction function, ReadOnlySpan<float> source, Span<float> destination)
    {
        switch (function)
        {
            case FloatFunction.Abs: Run<FloatFunctions.AbsFunction>(source, destination); break;
            case FloatFunction.Negate: Run<FloatFunctions.NegateFunction>(source, destination); break;
            case FloatFunction.Square: Run<FloatFunctions.SquareFunction>(source, destination); break;
            case FloatFunction.Sqrt: Run<FloatFunctions.SqrtFunction>(source, destination); break;
            case FloatFunction.Rsqrt: Run<FloatFunctions.RsqrtFunction>(source, destination); break;
            case FloatFunction.Reciprocal: Run<FloatFunctions.ReciprocalFunction>(source, destination); break;
            case FloatFunction.Round: Run<FloatFunctions.RoundFunction>(source, destination); break;
            case FloatFunction.Floor: Run<FloatFunctions.FloorFunction>(source, destination); break;
            case FloatFunction.Ceil: Run<FloatFunctions.CeilFunction>(source, destination); break;
            case FloatFunction.Exp: Run<FloatFunctions.ExpFunction>(source, destination); break;
            case FloatFunction.Expm1: Run<FloatFunctions.Expm1Function>(source, destination); break;
            case FloatFunction.Log: Run<FloatFunctions.LogFunction>(source, destination); break;
            case FloatFunction.Tanh: Run<FloatFunctions.TanhFunction>(source, destination); break;
            case FloatFunction.Sigmoid: Run<FloatFunctions.SigmoidFunction>(source, destination); break;
            case FloatFunction.Erf: Run<FloatFunctions.ErfFunction>(source, destination); break;
            case FloatFunction.Softplus: Run<FloatFunctions.SoftplusFunction>(source, destination); break;
            case FloatFunction.Softsign: Run<FloatFunctions.SoftsignFunction>(source, destination); break;
            case FloatFunction.Relu: Run<FloatFunctions.ReluFunction>(source, destination); break;
            case FloatFunction.Relu6: Run<FloatFunctions.Relu6Function>(source, destination); break;
            case FloatFunction.Elu: Run<FloatFunctions.EluFunction>(source, destination); break;
            case FloatFunction.Selu: Run<FloatFunctions.SeluFunction>(source, destination); break;
            case FloatFunction.Swish: Run<FloatFunctions.SwishFunction>(source, destination); break;
            case FloatFunction.HardSigmoid: Run<FloatFunctions.HardSigmoidFunction>(source, destination); break;
            case FloatFunction.HardSwish: Run<FloatFunctions.HardSwishFunction>(source, destination); break;
            case FloatFunction.Gelu: Run<FloatFunctions.GeluFunction>(source, destination); break;
            case FloatFunction.GeluTanh: Run<FloatFunctions.GeluTanhFunction>(source, destination); break;
            case FloatFunction.Mish: Run<FloatFunctions.MishFunction>(source, destination); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "There is no such function.");
        }
    }

    private static void Run<TFunction>(ReadOnlySpan<float> source, Span<float> destination) where TFunction : IFloatFunction
    {
        source = source.Slice(0, destination.Length);
        int done = 0;
        if (Vector512.IsHardwareAccelerated) Apply<Vector512<float>, FloatLanes512, TFunction>(source, destination, ref done);
        if (Vector256.IsHardwareAccelerated) Apply<Vector256<float>, FloatLanes256, TFunction>(source, destination, ref done);
        if (Vector128.IsHardwareAccelerated) Apply<Vector128<float>, FloatLanes128, TFunction>(source, destination, ref done);
        Apply<float, FloatLanes1, TFunction>(source, destination, ref done);
    }

    /// <summary>Goes on from element <paramref name="done"/> while a whole vector is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TVector, TLanes, TFunction>(ReadOnlySpan<float> source, Span<float> destination, ref int done)
        where TVector : struct where TLanes : IFloatLanes<TVector> where TFunction : IFloatFunction
    {
        ref float from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = done;
        for (; i <= destination.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes.Store(TFunction.Apply<TVector, TLanes>(TLanes.Load(ref from, (nuint)i)), ref to, (nuint)i);
        }
        done = i;
    }
}
