using System.Text;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>A model ready for the generator and the executor.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Blob">The weights that it refers to.</param>
/// <param name="Layers">What reports say about the plan's layers, in their order.</param>
/// <param name="Names">The names of the graph by which layers and buffers were made, each with its name in the plan.</param>
internal sealed record LoweredModel(
    ModelPlan Plan, byte[] Blob, IReadOnlyList<LoweredLayer> Layers, IReadOnlyDictionary<string, string> Names)
{
    /// <summary>Bytes of what is shipped: the blob and the plan.</summary>
    public long Bytes => Blob.Length + Encoding.UTF8.GetByteCount(PlanWriter.Write(Plan));

    /// <summary>Multiplications with a weight, each with its addition, of a call.</summary>
    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>Layers between the inputs and the outputs.</summary>
    public int LayerCount => Layers.Count(layer => layer.Role == PlanRole.Inner);

    /// <summary>Layers that compute in floating point, the softmax apart.</summary>
    public int FloatLayerCount => Layers.Count(layer => layer.IsFloat);
}

/// <summary>Figures of a layer.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="Kind">Class in ModelBuild.Kernels.</param>
/// <param name="Role">Inner, entry or exit.</param>
/// <param name="MultiplyAdds">Multiplications with a weight of a call.</param>
/// <param name="RawBytes">Bytes of its constants once decoded.</param>
/// <param name="CodedBytes">Bytes of its constants in the blob; equal constants of two layers count for both.</param>
/// <param name="IsFloat">It computes in floating point and is no softmax.</param>
internal sealed record LoweredLayer(
    string Name, string Kind, PlanRole Role, long MultiplyAdds, long RawBytes, long CodedBytes, bool IsFloat);
