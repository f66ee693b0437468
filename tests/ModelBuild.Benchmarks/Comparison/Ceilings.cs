using System.Runtime.Intrinsics.X86;

namespace ModelBuild.Benchmarks.Comparison;

/// <summary>What bounds the layers in which ONNX Runtime is faster.</summary>
internal static class Ceilings
{
    /// <summary>A sentence for each class of layers with weights that takes ModelBuild longer, over all models.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<ModelComparison> models)
    {
        (string Instructions, double Rate)[] peaks = [.. MachinePeaks.Measure()];
        string known = string.Join(", ", peaks.Select(peak => $"{peak.Instructions} {peak.Rate:F0}"));
        string why = AvxVnni.IsSupported && Avx512F.IsSupported
            ? $"It has 512-bit VPDPBUSD, which .NET 10 cannot emit. The most that .NET's instructions give on this CPU, in GMAC/s: {known}."
            : $"The most that .NET's instructions give on this CPU, in GMAC/s: {known}.";
        List<string> notes = [];
        ModelComparison[] both = [.. models.Where(model => model.PeerLayers.Count > 0)];
        foreach (LayerClass kind in Enum.GetValues<LayerClass>().Where(kind => kind != LayerClass.Other))
        {
            ClassTime own = Sum(kind, both.SelectMany(model => model.Layers)), peer = Sum(kind, both.SelectMany(model => model.PeerLayers));
            if (own.Microseconds <= peer.Microseconds) continue;
            string name = Capital(LayerClasses.Name(kind));
            notes.Add($"{name}, over all models: ModelBuild {own.Rate:F0} GMAC/s, ONNX Runtime {peer.Rate:F0}.");
        }
        return notes.Count == 0 ? [] : [.. notes, why];
    }

    private static ClassTime Sum(LayerClass kind, IEnumerable<ClassTime> times)
    {
        ClassTime[] own = [.. times.Where(time => time.Class == kind)];
        return new ClassTime(kind, own.Sum(time => time.Products), own.Sum(time => time.Microseconds));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
