namespace ModelBuild.Plan;

/// <summary>Whether a layer reads an input of the call, writes an output of it, or does neither.</summary>
public enum PlanRole
{
    /// <summary>Works on the working memory alone.</summary>
    Inner,

    /// <summary>Reads input number <see cref="PlanLayer.Port"/>.</summary>
    Entry,

    /// <summary>Writes output number <see cref="PlanLayer.Port"/>.</summary>
    Exit,
}

/// <summary>
/// One step of the execution: an instance of the class <see cref="Kind"/> of ModelBuild.Kernels. The parameters are its
/// constructor's, by name; so neither the generator nor the text form knows any kind, and a new one needs no change here.
/// </summary>
/// <param name="Kind">Class in ModelBuild.Kernels, with element types as arguments if it is generic: see <see cref="PlanKind"/>.</param>
/// <param name="Name">Unique name, from the graph.</param>
/// <param name="Role">Inner, entry or exit.</param>
/// <param name="Port">Number of the input or output an entry or exit serves; 0 otherwise.</param>
/// <param name="Parameters">Constructor arguments in order.</param>
/// <param name="Remarks">What the layer does, for the generated comment: "3x3 convolution, stride 2, relu6".</param>
public sealed record PlanLayer(
    string Kind, string Name, PlanRole Role, int Port, IReadOnlyList<PlanParameter> Parameters, string Remarks);

/// <summary>A constructor argument of a layer.</summary>
/// <param name="Name">Parameter name in camel case.</param>
/// <param name="Value">Its value.</param>
public sealed record PlanParameter(string Name, PlanValue Value);
