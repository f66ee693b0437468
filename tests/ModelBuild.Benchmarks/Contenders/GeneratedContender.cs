using System.Reflection;

namespace ModelBuild.Benchmarks.Contenders;

/// <summary>The predictor that ModelBuild generated into this assembly.</summary>
internal sealed class GeneratedContender : IContender
{
    private delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);

    private readonly Prediction _predict;

    public GeneratedContender(Type type)
    {
        object instance = type.GetProperty("Shared", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        MethodInfo method = type.GetMethod("Predict", [typeof(ReadOnlySpan<float>), typeof(Span<float>)])!;
        _predict = method.CreateDelegate<Prediction>(instance);
        InputLength = Length(type, method, 0);
        OutputLength = Length(type, method, 1);
    }

    public string Name => "ModelBuild int8";

    /// <summary>Elements of the input.</summary>
    public int InputLength { get; }

    /// <summary>Elements of the output.</summary>
    public int OutputLength { get; }

    public void Run(float[] input, float[] output) => _predict(input, output);

    public void Dispose()
    {
    }

    // The constants are named after the parameters: image, ImageLength.
    private static int Length(Type type, MethodInfo method, int parameter)
    {
        string name = method.GetParameters()[parameter].Name!;
        return (int)type.GetField(char.ToUpperInvariant(name[0]) + name[1..] + "Length")!.GetValue(null)!;
    }
}
