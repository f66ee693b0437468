namespace ModelBuild.Benchmarks.Contenders;

/// <summary>A way to run a model, on one thread.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Name for the table.</summary>
    string Name { get; }

    /// <summary>One call.</summary>
    /// <param name="input">Row-major floats.</param>
    /// <param name="output">Receives the first output.</param>
    void Run(float[] input, float[] output);
}
