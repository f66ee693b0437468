namespace ModelBuild.Kernels.Tests;

/// <summary>The kernels on an emulated ARM processor: these tests, published for linux-arm64, run by QEMU.</summary>
public class Arm64Tests
{
    // Where Debian puts the C library of the packages named below.
    private const string Emulator = "/usr/bin/qemu-aarch64-static", Libraries = "/usr/aarch64-linux-gnu";

    [SkippableFact]
    public void Gives_the_same_bits_on_ARM()
    {
        Skip.IfNot(File.Exists(Emulator) && Directory.Exists(Libraries),
            "No emulator: install qemu-user-static, libc6-arm64-cross, libstdc++6-arm64-cross and libgcc-s1-arm64-cross.");
        string folder = Directory.CreateTempSubdirectory("modelbuild-arm64-").FullName;
        try
        {
            Run("dotnet", "publish", Project, "-c", "Release", "-r", "linux-arm64", "--self-contained", "-p:UseAppHost=true",
                "--artifacts-path", folder, "-o", Path.Combine(folder, "app"));
            string[] arm = Run(Emulator, "-cpu", "max", "-L", Libraries, Path.Combine(folder, "app", "ModelBuild.Kernels.Tests"));
            string[] here = FixedLayers.Report().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains(nameof(KernelVariant.ArmDp), arm);
            Assert.Equal(here[^1], arm[^1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Project
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "ModelBuild.sln"))) folder = Path.GetDirectoryName(folder)!;
            return Path.Combine(folder, "tests", "ModelBuild.Kernels.Tests");
        }
    }

    // Emulation does not know memory that is mapped twice.
    private static string[] Run(string program, params string[] arguments) => ChildProcess.Run(("DOTNET_EnableWriteXorExecute", "0"), program, arguments);
}
