using System.Text.Json;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>A layer of a model as the file describes it.</summary>
/// <param name="ClassName">Which kind of layer.</param>
/// <param name="Name">Unique in the model.</param>
/// <param name="Config">Its configuration.</param>
/// <param name="Calls">Where it is applied; one a place, several where it is shared.</param>
internal sealed record KerasLayer(string ClassName, string Name, KerasConfig Config, IReadOnlyList<KerasCall> Calls);

/// <summary>An application of a layer: its arguments by position and by name.</summary>
internal sealed record KerasCall(IReadOnlyList<KerasArgument> Arguments, IReadOnlyDictionary<string, KerasArgument> Named)
{
    /// <summary>The tensors among the arguments.</summary>
    public IEnumerable<KerasReference> References =>
        Arguments.Concat(Named.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)).SelectMany(argument =>
            argument.References);
}

/// <summary>An output of a layer: which call of it, and which of that call's outputs.</summary>
internal readonly record struct KerasReference(string Layer, int Call, int Output);

/// <summary>An argument of a call.</summary>
internal abstract record KerasArgument
{
    /// <summary>The tensors in it.</summary>
    public virtual IEnumerable<KerasReference> References => [];

    /// <summary>A tensor.</summary>
    public sealed record Tensor(KerasReference Reference) : KerasArgument
    {
        public override IEnumerable<KerasReference> References => [Reference];
    }

    /// <summary>Several arguments.</summary>
    public sealed record List(IReadOnlyList<KerasArgument> Items) : KerasArgument
    {
        public override IEnumerable<KerasReference> References => Items.SelectMany(item => item.References);
    }

    /// <summary>Anything else, as it stands in the file.</summary>
    public sealed record Constant(JsonElement Value) : KerasArgument;
}

/// <summary>A model, which may also be a layer of another.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Layers">All layers, in the order of the file.</param>
/// <param name="Inputs">What its inputs are called inside, in order.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record KerasModel(string Name, IReadOnlyList<KerasLayer> Layers, IReadOnlyList<KerasReference> Inputs,
    IReadOnlyList<KerasReference> Outputs);
