namespace ModelBuild.Kernels.Tests;

/// <summary>What this machine can test.</summary>
internal static class Supported
{
    /// <summary>The variant of a name; skips the test where the CPU lacks its instructions.</summary>
    public static KernelVariant Variant(string name)
    {
        KernelVariant variant = Enum.Parse<KernelVariant>(name);
        Skip.IfNot(KernelVariants.IsSupported(variant), $"This CPU, or the run time's configuration, has no {name}.");
        return variant;
    }
}
