using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using LocalResponse = ModelBuild.Compiler.Graph.Operations.LocalResponse;

namespace ModelBuild.Compiler.Lowering.Operations;

/// <summary>Lowers <see cref="LocalResponse"/>.</summary>
internal static class LocalResponseLowering
{
    public static void Lower(LoweringContext context, Node node, LocalResponse norm) => FlatLayers.Map(
        context, node, nameof(Kernels.LocalResponse), "local response normalisation", ("radius", norm.Radius), ("bias", norm.Bias),
        ("alpha", norm.Alpha), ("beta", norm.Beta));
}
