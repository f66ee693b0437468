using System.Diagnostics;

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
        ProcessStartInfo start = new(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", typeof(InstructionSetTests).Assembly.Location },
            Environment = { [setting] = "0" },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"With {setting}=0 the checks fail:\n{errors.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
