using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelBuild.Benchmarks.Contenders;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>
/// The native library of TensorFlow Lite, which comes with a package for Node.js: 2.9, the newest that a package has with XNNPACK's
/// delegate in its C interface. The package is unpacked into obj/ and none of its scripts runs.
/// </summary>
internal static class TfLiteLibrary
{
    private const string Package = "tfjs-tflite-node@0.0.2";

    private static readonly string Folder = System.IO.Path.Combine(Repository.Root, "tests/ModelBuild.Benchmarks/obj/tflite");

    /// <summary>Where the library is; null if it is not there.</summary>
    public static string? Path { get; private set; }

    /// <summary>Finds the library, after it was installed where that is wanted, and says why it is skipped if it is.</summary>
    /// <param name="install">Have npm fetch the package if it is not there.</param>
    public static void Load(bool install)
    {
        string? platform = Platform();
        string path = System.IO.Path.Combine(Folder, "node_modules/tfjs-tflite-node/cc_deps", platform ?? "", "libtensorflowlite_c.so");
        if (platform is not null && install && !File.Exists(path) && !Install()) return;
        if (platform is null || !File.Exists(path))
        {
            Console.WriteLine(platform is null
                ? "TensorFlow Lite skipped: the package has no library for this system that exports XNNPACK's delegate."
                : "TensorFlow Lite skipped: it is not installed; the option --tflite has npm fetch it.");
            return;
        }
        TfLite.LoadFrom(path);
        Path = path;
    }

    private static string? Platform() => !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "linux_amd64",
        Architecture.Arm64 => "linux_arm64",
        _ => null,
    };

    private static bool Install()
    {
        Directory.CreateDirectory(Folder);
        try
        {
            string[] arguments = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", Folder, Package];
            using Process npm = Process.Start("npm", arguments);
            npm.WaitForExit();
            if (npm.ExitCode == 0) return true;
            Console.WriteLine($"TensorFlow Lite skipped: npm cannot fetch {Package}.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("TensorFlow Lite skipped: npm is not there (on Debian: apt-get install nodejs npm).");
        }
        return false;
    }
}
