using System.Text.RegularExpressions;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Specs;

/// <summary>An additional file that holds a plan.</summary>
internal sealed record PlanFile(string Path, string Text);

/// <summary>What became of a plan: a model to emit, or a reason not to.</summary>
internal sealed record ParsedModel(string Path, ModelSpec? Spec, DiagnosticSpec? Diagnostic);

/// <summary>A predictor class to be written: a plan whose names have become C# identifiers and whose values C# expressions.</summary>
/// <param name="Source">File name of the model.</param>
/// <param name="Namespace">Namespace, empty for the global one.</param>
/// <param name="ClassName">Class name as an identifier.</param>
/// <param name="Access">"public" or "internal".</param>
/// <param name="Resource">Name of the embedded resource with the weights.</param>
/// <param name="BlobBytes">Length of the weights.</param>
/// <param name="ArenaBytes">Length of the working memory of a call.</param>
/// <param name="Parallelism">Threads of instances for which nothing else is said.</param>
/// <param name="Remarks">Sentences for the class's documentation.</param>
/// <param name="Labels">Class names by index of the first output; may be empty.</param>
/// <param name="Inputs">What a call takes.</param>
/// <param name="Outputs">What a call gives.</param>
/// <param name="Buffers">Places in the working memory.</param>
/// <param name="Constants">Constants that layers read like buffers.</param>
/// <param name="Layers">What is executed.</param>
/// <param name="Ahead">Tensors that are worth a second thread: offset, bytes and length of each, in the order in which they are read.</param>
internal sealed record ModelSpec(
    string Source, string Namespace, string ClassName, string Access, string Resource, int BlobBytes, int ArenaBytes, int Parallelism,
    EquatableArray<string> Remarks, EquatableArray<string> Labels, EquatableArray<PortSpec> Inputs, EquatableArray<PortSpec> Outputs,
    EquatableArray<BufferSpec> Buffers, EquatableArray<BufferSpec> Constants, EquatableArray<LayerSpec> Layers,
    EquatableArray<int> Ahead)
{
    /// <summary>Name with namespace.</summary>
    public string FullName => Namespace.Length == 0 ? ClassName : Namespace + "." + ClassName;

    /// <summary>Name of the generated file.</summary>
    public string HintName => FullName.Replace("@", "") + ".g.cs";

    /// <summary>The best classes of the only output can be asked for by name.</summary>
    public bool HasTop => Labels.Count > 0 && Outputs.Count == 1 && Outputs[0].Type == "float";

    /// <summary>The kernel types that the class names, among other words.</summary>
    public IEnumerable<string> Kernels =>
    [
        "Layer", "Workspace", "WorkspacePool", "Batch", "SpanLength", "IEntry", "ImageBuffer", "FlatBuffer",
        .. BlobBytes > 0 ? ["WeightBlob"] : Array.Empty<string>(),
        .. HasTop ? ["TopScores"] : Array.Empty<string>(),
        .. Layers.Select(layer => layer.Kind).Concat(Buffers.Concat(Constants).Select(buffer => buffer.Type)).Distinct().SelectMany(Words),
    ];

    private static IEnumerable<string> Words(string type) => Regex.Matches(type, @"\w+").Cast<Match>().Select(word => word.Value);
}

/// <summary>An input or output.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="Pascal">Its identifier as a prefix of public members: "Image" of ImageLength.</param>
/// <param name="Camel">Its identifier as a parameter.</param>
/// <param name="Type">Element type as the plan names it, for documentation.</param>
/// <param name="Element">Element type in C#.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="TakesPixels">An input that also takes bytes.</param>
/// <param name="Remarks">Range, units, layout.</param>
internal sealed record PortSpec(
    string Name, string Pascal, string Camel, string Type, string Element, EquatableArray<int> Shape, int Length, bool TakesPixels, string Remarks)
{
    /// <summary>[1, height, width, channels].</summary>
    public bool IsImage => Shape.Count == 4;
}

/// <summary>A place in the working memory, or a constant.</summary>
/// <param name="Local">Its variable in the constructor.</param>
/// <param name="Type">"ImageBuffer" or "FlatBuffer&lt;float&gt;".</param>
/// <param name="Arguments">The constructor's arguments as C#.</param>
/// <param name="Comment">Shape and range.</param>
internal sealed record BufferSpec(string Local, string Type, string Arguments, string Comment);

/// <summary>A step of the execution.</summary>
/// <param name="Name">Name in the graph.</param>
/// <param name="Field">Its field.</param>
/// <param name="Kind">Its class among the kernels: "DenseInt8", "Gather&lt;float, int&gt;".</param>
/// <param name="Role">Whether it serves an input or output.</param>
/// <param name="Port">Which one.</param>
/// <param name="EntryParameter">Of an entry, the parameter by which it is passed where its input also takes bytes.</param>
/// <param name="Arguments">The constructor's arguments, each "name: expression".</param>
/// <param name="Comment">Shapes, and what it does.</param>
internal sealed record LayerSpec(
    string Name, string Field, string Kind, PlanRole Role, int Port, string EntryParameter, EquatableArray<string> Arguments, string Comment);
