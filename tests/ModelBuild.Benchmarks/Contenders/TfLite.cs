using System.Reflection;
using System.Runtime.InteropServices;

namespace ModelBuild.Benchmarks.Contenders;

/// <summary>
/// What is used of TensorFlow Lite's C interface and of its XNNPACK delegate, as version 2.9 declares them (tensorflow/lite/c/c_api.h,
/// tensorflow/lite/delegates/xnnpack/xnnpack_delegate.h).
/// </summary>
internal static partial class TfLite
{
    /// <summary>The value of TfLiteStatus for success.</summary>
    public const int Ok = 0;

    /// <summary>The value of TfLiteType for signed bytes.</summary>
    public const int Int8 = 9;

    private const string Library = "tensorflowlite_c";

    /// <summary>Where the native library is taken from; set before the first call.</summary>
    public static void LoadFrom(string path) =>
        NativeLibrary.SetDllImportResolver(typeof(TfLite).Assembly, (name, _, _) => name == Library ? NativeLibrary.Load(path) : 0);

    /// <summary>TfLiteXNNPackDelegateOptions.</summary>
    /// <param name="Threads">Threads of XNNPACK.</param>
    /// <param name="Flags">1 for layers of signed, 2 for layers of unsigned bytes.</param>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct XnnPackOptions(int Threads, uint Flags);

    /// <summary>TfLiteQuantizationParams: real = scale * (q - zeroPoint).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly record struct Quantization(float Scale, int ZeroPoint);

    [LibraryImport(Library, EntryPoint = "TfLiteModelCreateFromFile", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateModel(string path);

    [LibraryImport(Library, EntryPoint = "TfLiteModelDelete")]
    public static partial void DeleteModel(nint model);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterOptionsCreate")]
    public static partial nint CreateOptions();

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterOptionsDelete")]
    public static partial void DeleteOptions(nint options);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterOptionsSetNumThreads")]
    public static partial void SetThreads(nint options, int threads);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterOptionsAddDelegate")]
    public static partial void AddDelegate(nint options, nint delegation);

    [LibraryImport(Library, EntryPoint = "TfLiteXNNPackDelegateCreate")]
    public static partial nint CreateXnnPack(in XnnPackOptions options);

    [LibraryImport(Library, EntryPoint = "TfLiteXNNPackDelegateDelete")]
    public static partial void DeleteXnnPack(nint delegation);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterCreate")]
    public static partial nint CreateInterpreter(nint model, nint options);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterDelete")]
    public static partial void DeleteInterpreter(nint interpreter);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterAllocateTensors")]
    public static partial int AllocateTensors(nint interpreter);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterInvoke")]
    public static partial int Invoke(nint interpreter);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterGetInputTensor")]
    public static partial nint InputTensor(nint interpreter, int index);

    [LibraryImport(Library, EntryPoint = "TfLiteInterpreterGetOutputTensor")]
    public static partial nint OutputTensor(nint interpreter, int index);

    [LibraryImport(Library, EntryPoint = "TfLiteTensorType")]
    public static partial int TensorType(nint tensor);

    [LibraryImport(Library, EntryPoint = "TfLiteTensorQuantizationParams")]
    public static partial Quantization TensorQuantization(nint tensor);

    [LibraryImport(Library, EntryPoint = "TfLiteTensorData")]
    public static partial nint TensorData(nint tensor);

    [LibraryImport(Library, EntryPoint = "TfLiteTensorByteSize")]
    public static partial nuint TensorBytes(nint tensor);
}
