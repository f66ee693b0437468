using System;

namespace ModelBuild.Kernels;

/// <summary>Any function of one quantised value, as a table of its 256 results.</summary>
internal sealed class LookupInt8 : Layer
{
    private readonly ImageBuffer _input;
    private readonly ImageBuffer _output;
    private readonly byte[] _table;

    /// <param name="input">The image.</param>
    /// <param name="output">Result, of the input's geometry.</param>
    /// <param name="table">Output byte by input byte.</param>
    public LookupInt8(ImageBuffer input, ImageBuffer output, byte[] table)
    {
        BufferChecks.SameGeometry(input, output);
        BufferChecks.Require(table.Length == 256, "a table has 256 entries");
        _input = input;
        _output = output;
        _table = table;
    }

    public override void Run(Workspace workspace)
    {
        Span<byte> image = workspace.Bytes(_output);
        Run(workspace.Bytes(_input), image, _table);
        _output.FillBorder(image);
    }

    /// <inheritdoc cref="LookupInt8Scalar.Run"/>
    public static void Run(ReadOnlySpan<byte> source, Span<byte> destination, ReadOnlySpan<byte> table)
    {
        if (LookupInt8Avx512.IsSupported) LookupInt8Avx512.Run(source, destination, table);
        else LookupInt8Scalar.Run(source, destination, table);
    }
}
