namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Statistics of a group's patches (of quantised inputs) and wanted outputs over sampled places: their means and covariances. The
/// best bias follows from the means alone, whatever the weights.
/// </summary>
internal sealed class SecondMoments
{
    // Places that are summed for all rows before the next ones, so that they stay in the cache.
    private const int Block = 64;

    private double[] _patches;
    private double[] _outputs;
    private int _places;

    /// <param name="inputs">Elements of a patch.</param>
    /// <param name="outputs">Outputs of a place.</param>
    /// <param name="places">How many will be added.</param>
    public SecondMoments(int inputs, int outputs, int places)
    {
        Inputs = inputs;
        Outputs = outputs;
        Covariance = new double[inputs * inputs];
        Cross = new double[inputs * outputs];
        InputMeans = new double[inputs];
        OutputMeans = new double[outputs];
        _patches = new double[(long)places * inputs];
        _outputs = new double[(long)places * outputs];
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>[inputs][inputs], of the patches.</summary>
    public double[] Covariance { get; }

    /// <summary>[inputs][outputs], of the patches and the wanted outputs.</summary>
    public double[] Cross { get; }

    public double[] InputMeans { get; }

    public double[] OutputMeans { get; }

    /// <summary>Adds a place: the patch there and what the float layer gives there, without bias and activation.</summary>
    public void Add(ReadOnlySpan<double> patch, ReadOnlySpan<double> output)
    {
        patch.CopyTo(Patch(_places));
        output.CopyTo(Output(_places++));
    }

    /// <summary>Computes the statistics of what was added.</summary>
    /// <param name="parallel">Use several threads; the result is the same.</param>
    public void Finish(bool parallel)
    {
        for (int place = 0; place < _places; place++)
        {
            SymmetricMatrix.AddScaled(InputMeans, Patch(place), 1.0 / _places);
            SymmetricMatrix.AddScaled(OutputMeans, Output(place), 1.0 / _places);
        }
        for (int place = 0; place < _places; place++) SymmetricMatrix.AddScaled(Patch(place), InputMeans, -1);
        for (int block = 0; block < _places; block += Block)
        {
            int first = block;
            if (parallel) Parallel.For(0, Inputs, row => SumRow(row, first));
            else for (int row = 0; row < Inputs; row++) SumRow(row, first);
        }
        for (int row = 0; row < Inputs; row++)
            for (int column = 0; column < row; column++) Covariance[row * Inputs + column] = Covariance[column * Inputs + row];
        (_patches, _outputs) = ([], []);
    }

    private Span<double> Patch(int place) => _patches.AsSpan(place * Inputs, Inputs);

    private Span<double> Output(int place) => _outputs.AsSpan(place * Outputs, Outputs);

    private void SumRow(int row, int first)
    {
        Span<double> covariance = Covariance.AsSpan(row * Inputs + row, Inputs - row), cross = Cross.AsSpan(row * Outputs, Outputs);
        for (int place = first; place < Math.Min(first + Block, _places); place++)
        {
            ReadOnlySpan<double> patch = Patch(place);
            double factor = patch[row] / _places;
            if (factor == 0) continue;
            SymmetricMatrix.AddScaled(covariance, patch[row..], factor);
            SymmetricMatrix.AddScaled(cross, Output(place), factor);
        }
    }
}
