using ModelBuild.Compiler.Calibration;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Quantization;
using ModelBuild.Compiler.Quantization.Reconstruction;

namespace ModelBuild.Compiler.Search;

/// <summary>What a search begins with.</summary>
/// <param name="LeastError">The model of the least error, with the precisions that the user said.</param>
/// <param name="Ranges">Ranges of its values.</param>
/// <param name="Samples">The calibration samples.</param>
/// <param name="Curvatures">What errors of each layer cost.</param>
/// <param name="Lower">Lowers what was quantised.</param>
/// <param name="Target">Says what is good enough, and what is better.</param>
internal sealed record SearchInput(
    QuantizedGraph LeastError, IReadOnlyDictionary<Value, ValueRange> Ranges, CalibrationSamples Samples,
    IReadOnlyDictionary<Node, OutputCurvature> Curvatures, Func<QuantizedGraph, LoweredModel> Lower, SearchTarget Target)
{
    /// <summary>The graph, in float.</summary>
    public ModelGraph Graph => LeastError.Graph;
}
