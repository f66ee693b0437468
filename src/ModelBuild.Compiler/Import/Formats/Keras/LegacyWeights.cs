using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using PureHDF;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// The variables of an .h5 model: for each layer of the outermost model a group with the list of its variables by name, as
/// "lstm/lstm_cell/kernel:0"; those of a nested model all in one list.
/// </summary>
internal sealed class LegacyWeights : KerasWeights
{
    private readonly Hdf5File _file;
    private readonly IReadOnlyList<Variable> _variables;

    private LegacyWeights(Hdf5File file, IReadOnlyList<Variable> variables) => (_file, _variables) = (file, variables);

    /// <summary>A variable of the file; taken at most once.</summary>
    private sealed class Variable(IH5Group group, string path)
    {
        public IH5Group Group { get; } = group;

        public string Path { get; } = path;

        public string[] Segments { get; } = path.Split('/');

        public bool IsTaken { get; set; }

        /// <summary>"kernel" of ".../kernel:0".</summary>
        public string Name => Segments[^1].Split(':')[0];
    }

    /// <inheritdoc/>
    public override bool HasMore => _variables.Any(variable => !variable.IsTaken);

    /// <summary>The variables of a model in a group.</summary>
    public static KerasWeights Of(Hdf5File file, IH5Group group) => new Root(file, group);

    /// <inheritdoc/>
    public override Tensor Take(string name)
    {
        Variable variable = _variables.FirstOrDefault(variable => !variable.IsTaken && variable.Name == name)
            ?? _variables.FirstOrDefault(variable => !variable.IsTaken)
            ?? throw new ModelBuildException(DiagnosticCode.NotFrozen,
                $"its variable {name} is not in the file. Save the model again, with its weights.");
        variable.IsTaken = true;
        return _file.Dataset(variable.Group, variable.Path) is { } dataset ? _file.Read(dataset, variable.Path)
            : throw new ModelBuildException(DiagnosticCode.NotFrozen,
                $"its variable {variable.Path} is listed, but not in the file. Save the model again.");
    }

    /// <inheritdoc/>
    public override KerasWeights Part(params IReadOnlyList<string> names)
    {
        List<Variable> inside = [.. _variables.Where(variable => variable.Segments.SkipLast(1).Any(names.Contains))];
        return inside.Count > 0 ? new LegacyWeights(_file, inside) : this;
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, KerasWeights> Layers(IReadOnlyList<KerasLayer> layers) => layers.ToDictionary(
        layer => layer.Name, layer =>
            (KerasWeights)new LegacyWeights(_file, [.. _variables.Where(variable => variable.Segments.SkipLast(1).Contains(layer.Name))]));

    /// <summary>The outermost model, whose layers have a group each.</summary>
    private sealed class Root(Hdf5File file, IH5Group group) : KerasWeights
    {
        public override bool HasMore => false;

        public override Tensor Take(string name) => throw new InvalidOperationException("A model has no variables besides its layers'.");

        public override KerasWeights Part(params IReadOnlyList<string> names) => this;

        public override IReadOnlyDictionary<string, KerasWeights> Layers(IReadOnlyList<KerasLayer> layers) =>
            layers.ToDictionary(layer => layer.Name, KerasWeights (layer) =>
        {
            IH5Group? inner = file.Group(group, layer.Name);
            IReadOnlyList<string> names = inner is null ? [] : file.TextList(inner, "weight_names") ?? [];
            return new LegacyWeights(file, [.. names.Select(name => new Variable(inner!, name))]);
        });
    }
}
