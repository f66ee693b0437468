using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler;

/// <summary>A compiled model: the plan, the weights it refers to, and what was measured.</summary>
/// <param name="Plan">What the generator and the executor take.</param>
/// <param name="Blob">The weights, to be embedded as the resource <see cref="ModelPlan.Resource"/>.</param>
/// <param name="Report">Sizes and accuracies.</param>
public sealed record CompiledModel(ModelPlan Plan, byte[] Blob, CompressionReport Report);

/// <summary>From a model file and its options to a plan: runs the stages one after the other.</summary>
public static class ModelCompiler
{
    /// <summary>Compiles a model.</summary>
    /// <param name="options">The model and what the user said about it.</param>
    /// <param name="progress">Gets a short line at the start of each long step; may be null.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="ModelBuildException">The input is at fault, or a budget was exceeded.</exception>
    public static CompiledModel Compile(ModelOptions options, Action<string>? progress = null, CancellationToken cancellation = default) =>
        throw new ModelBuildException(DiagnosticCode.InternalError, $"Nothing compiles {options.ModelPath} yet.");
}
