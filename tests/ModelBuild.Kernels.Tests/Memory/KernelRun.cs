namespace ModelBuild.Kernels.Tests;

/// <summary>Runs kernels between guard pages.</summary>
internal static class KernelRun
{
    /// <summary>A layer's work on the bytes of its input and output.</summary>
    public delegate void Kernel(ReadOnlySpan<byte> input, Span<byte> output);

    /// <summary>The work of a layer on its units first .. end - 1.</summary>
    public delegate void Part(ReadOnlySpan<byte> input, Span<byte> output, int first, int end);

    /// <summary>All work of a divided layer, unit by unit, the last one first.</summary>
    public static Kernel InParts(Part part, int units) => (input, output) =>
    {
        for (int unit = units - 1; unit >= 0; unit--) part(input, output, unit, unit + 1);
    };

    /// <summary>Runs <paramref name="kernel"/> on a copy of <paramref name="input"/> beside a guard page.</summary>
    /// <returns>The bytes of the output, also beside a guard page, which held noise before.</returns>
    public static byte[] Guarded(Kernel kernel, ReadOnlySpan<byte> input, int outputLength, Placement placement)
    {
        using GuardedMemory inputMemory = new(input.Length);
        using GuardedMemory outputMemory = new(outputLength);
        Span<byte> source = placement == Placement.BeforeGuard ? inputMemory.AtEnd : inputMemory.AtStart;
        Span<byte> target = placement == Placement.BeforeGuard ? outputMemory.AtEnd : outputMemory.AtStart;
        input.CopyTo(source);
        new Random(2).NextBytes(target);
        kernel(source, target);
        return target.ToArray();
    }
}
