using System;

namespace ModelBuild.Kernels;

/// <summary>Any function of one quantised value, as a table of its 256 results.</summary>
internal sealed class LookupInt8 : DividedLayer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly byte[] _table;

    /// <param name="input">The image.</param>
    /// <param name="output">Result, of the input's geometry.</param>
    /// <param name="table">Output byte by input byte.</param>
    public LookupInt8(ImageBuffer input, ImageBuffer output, byte[] table)
        : base(output.Quads, WorkOf(output))
    {
        BufferChecks.SameGeometry(input, output);
        BufferChecks.Require(table.Length == 256, "a table has 256 entries");
        _input = input;
        _output = output;
        _table = table;
    }

    /// <inheritdoc/>
    public override void Run(Workspace workspace, int first, int end)
    {
        Span<byte> image = workspace.Bytes(_output);
        Run(_input.Planes(workspace.Bytes(_input), first, end), _output.Planes(image, first, end), _table);
        _output.FillBorder(image, first, end);
    }

    /// <inheritdoc cref="LookupInt8Scalar.Run"/>
    public static void Run(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<byte> table)
    {
        if (LookupInt8Avx512.IsSupported) LookupInt8Avx512.Run(source, destination, table);
        else LookupInt8Scalar.Run(source, destination, table);
    }
}
