namespace ModelBuild.Kernels;

/// <summary>Rows of 16-bit integers times a matrix of 8-bit weights: a 1x1 convolution over an image of one row; see <see cref="ConvolutionInt16"/>.</summary>
internal sealed class DenseInt16 : Layer
{
    private readonly FlatBuffer<short> _input;
    private readonly FlatBuffer<short> _output;
    private readonly PackedInt16 _packed;
    private readonly int _minimum;
    private readonly int _maximum;

    /// <param name="input">[..., inputs].</param>
    /// <param name="output">[..., outputs].</param>
    /// <param name="weights">[outputs][inputs].</param>
    /// <param name="bias">[outputs], in steps of the output.</param>
    /// <param name="multipliers">[outputs], input scale * weight scale / output scale.</param>
    /// <param name="minimum">Least result.</param>
    /// <param name="maximum">Greatest result.</param>
    public DenseInt16(
        FlatBuffer<short> input, FlatBuffer<short> output, sbyte[] weights, float[] bias, float[] multipliers, int minimum, int maximum)
        : this(KernelVariants.Elementwise, input, output, weights, bias, multipliers, minimum, maximum)
    {
    }

    /// <summary>The same with a kernel variant of the caller's choice, which this CPU must support.</summary>
    internal DenseInt16(
        KernelVariant variant, FlatBuffer<short> input, FlatBuffer<short> output, sbyte[] weights, float[] bias, float[] multipliers, int minimum,
        int maximum)
    {
        int inputs = input.Shape[^1];
        int outputs = output.Shape[^1];
        int rows = input.Length / inputs;
        BufferChecks.Require(output.Length == rows * outputs, "arrays differ in rows");
        _input = input;
        _output = output;
        _minimum = minimum;
        _maximum = maximum;
        ConvolutionShape shape = new()
        {
            InputHeight = 1, InputWidth = rows, InputChannels = inputs,
            OutputHeight = 1, OutputWidth = rows, OutputChannels = outputs,
        };
        _packed = new PackedInt16(shape, weights, multipliers, bias, ConvolutionInt16.LanesFor(variant, outputs));
    }

    public override void Run(Workspace workspace) =>
        ConvolutionInt16.Run(workspace.Elements(_input), workspace.Elements(_output), _packed, _minimum, _maximum);
}
