namespace ModelBuild.Kernels.Tests;

/// <summary>The kernels in processes whose instruction sets are limited by the run time's configuration.</summary>
public class InstructionSetTests
{
    [Fact]
    public void Every_variant_of_this_process_equals_the_definition() => Assert.NotEmpty(FixedLayers.Report());

    [Theory]
    [InlineData("DOTNET_EnableAVX512", nameof(KernelVariant.Avx512))]
    [InlineData("DOTNET_EnableAVXVNNI", nameof(KernelVariant.AvxVnni))]
    [InlineData("DOTNET_EnableAVX2", nameof(KernelVariant.Avx2))]
    [InlineData("DOTNET_EnableHWIntrinsic", nameof(KernelVariant.Avx2))]
    public void Gives_the_same_bits_without(string setting, string missing)
    {
        string[] child = RunChild(setting);
        string[] here = FixedLayers.Report().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain(missing, child);
        Assert.Contains(nameof(KernelVariant.Scalar), child);
        Assert.Equal(here[^1], child[^1]);
    }

    private static string[] RunChild(string setting)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return ChildProcess.Run((setting, "0"), host, "exec", typeof(InstructionSetTests).Assembly.Location);
    }
}
