namespace ModelBuild.Kernels.Tests;

/// <summary>What this machine can test.</summary>
internal static class Supported
{
    /// <summary>Every variant, in every placement of its buffers.</summary>
    public static TheoryData<string, Placement> VariantsAndPlacements
    {
        get
        {
            TheoryData<string, Placement> data = [];
            foreach (string name in Enum.GetNames<KernelVariant>())
            foreach (Placement placement in Enum.GetValues<Placement>())
                data.Add(name, placement);
            return data;
        }
    }

    /// <summary>The variants that this process can run.</summary>
    public static IEnumerable<KernelVariant> Variants => Enum.GetValues<KernelVariant>().Where(KernelVariants.IsSupported);

    /// <summary>The variant of a name; skips the test where the CPU lacks its instructions.</summary>
    public static KernelVariant Variant(string name)
    {
        KernelVariant variant = Enum.Parse<KernelVariant>(name);
        Skip.IfNot(KernelVariants.IsSupported(variant), $"This CPU, or the run time's configuration, has no {name}.");
        return variant;
    }

    /// <summary>Skips the test where guard pages are asked for and cannot be made.</summary>
    public static void Need(Placement placement) =>
        Skip.If(placement != Placement.Workspace && !OperatingSystem.IsLinux(), "Guard pages are made on Linux only.");
}
