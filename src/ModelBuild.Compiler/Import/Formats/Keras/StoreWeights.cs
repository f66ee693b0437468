using System.Globalization;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using PureHDF;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>
/// The variables of a .keras model: a group for each object, in it "vars/0", "vars/1", ... in the order in which they were
/// made, and groups for the objects that it consists of.
/// </summary>
internal sealed class StoreWeights(Hdf5File file, IH5Group? group) : KerasWeights
{
    private int _next;

    /// <inheritdoc/>
    public override bool HasMore => Find(_next) is not null;

    /// <inheritdoc/>
    public override Tensor Take(string name) => Find(_next) is { } dataset ? file.Read(dataset, $"vars/{_next++} ({name})")
        : throw new ModelBuildException(DiagnosticCode.NotFrozen,
            $"its variable {name} is not in the file. Save the model again, with its weights.");

    /// <inheritdoc/>
    public override KerasWeights Part(params IReadOnlyList<string> names) =>
        new StoreWeights(file, group is null ? null
            : names.Select(name => file.Group(group, name)).FirstOrDefault(part => part is not null));

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, KerasWeights> Layers(IReadOnlyList<KerasLayer> layers)
    {
        // The second name was that of Keras 2.12 and 2.13.
        StoreWeights container = (StoreWeights)Part("layers", "_layer_checkpoint_dependencies");
        Dictionary<string, int> used = [];
        return layers.ToDictionary(layer => layer.Name, layer => container.Part(KerasNaming.Next(layer.ClassName, used), layer.Name));
    }

    private IH5Dataset? Find(int index) => group is null ? null
        : file.Dataset(group, string.Create(CultureInfo.InvariantCulture, $"vars/{index}"));
}
