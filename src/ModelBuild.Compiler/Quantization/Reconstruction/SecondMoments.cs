namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Statistics of a group's patches (of quantised inputs) and wanted outputs over sampled places: their means, and the covariance of
/// the patches. The best bias follows from the means alone, whatever the weights.
/// </summary>
internal sealed class SecondMoments
{
    private readonly List<double[]> _patches = [];
    private readonly List<double[]> _outputs = [];

    public SecondMoments(int inputs, int outputs)
    {
        Inputs = inputs;
        Outputs = outputs;
        Covariance = new double[inputs * inputs];
        InputMeans = new double[inputs];
        OutputMeans = new double[outputs];
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>[inputs][inputs], of the patches.</summary>
    public double[] Covariance { get; }

    public double[] InputMeans { get; }

    public double[] OutputMeans { get; }

    /// <summary>Adds a place: the patch there and what the float layer gives there, without bias and activation.</summary>
    public void Add(double[] patch, double[] output)
    {
        _patches.Add(patch);
        _outputs.Add(output);
    }

    /// <summary>Computes the statistics of what was added.</summary>
    /// <param name="parallel">Use several threads; the result is the same.</param>
    public void Finish(bool parallel)
    {
        AddMean(_patches, InputMeans);
        AddMean(_outputs, OutputMeans);
        foreach (double[] patch in _patches) SymmetricMatrix.AddScaled(patch, InputMeans, -1);
        if (parallel) Parallel.For(0, Inputs, SumRow);
        else for (int row = 0; row < Inputs; row++) SumRow(row);
        for (int row = 0; row < Inputs; row++)
            for (int column = 0; column < row; column++) Covariance[row * Inputs + column] = Covariance[column * Inputs + row];
        _patches.Clear();
        _outputs.Clear();
    }

    private void SumRow(int row)
    {
        Span<double> covariance = Covariance.AsSpan(row * Inputs + row, Inputs - row);
        double weight = 1.0 / _patches.Count;
        for (int sample = 0; sample < _patches.Count; sample++)
        {
            double factor = _patches[sample][row] * weight;
            if (factor != 0) SymmetricMatrix.AddScaled(covariance, _patches[sample].AsSpan(row), factor);
        }
    }

    private static void AddMean(List<double[]> rows, double[] means)
    {
        foreach (double[] row in rows) SymmetricMatrix.AddScaled(means, row, 1.0 / rows.Count);
    }
}
