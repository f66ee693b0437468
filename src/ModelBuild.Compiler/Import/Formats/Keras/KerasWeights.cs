using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>The variables of a layer in the order in which it made them, and those of the objects that it consists of.</summary>
internal abstract class KerasWeights
{
    /// <summary>The next variable, as float32.</summary>
    /// <param name="name">Its name in the layer, for files that have names.</param>
    /// <exception cref="Diagnostics.ModelBuildException">There is none.</exception>
    public abstract Tensor Take(string name);

    /// <summary>A variable was left, so that an optional one is there.</summary>
    public abstract bool HasMore { get; }

    /// <summary>The variables of a part of the layer, as of a recurrent layer's cell.</summary>
    /// <param name="names">Names that the part may have, by versions of Keras.</param>
    public abstract KerasWeights Part(params IReadOnlyList<string> names);

    /// <summary>The variables of the layers of a model.</summary>
    /// <param name="layers">All its layers, in order.</param>
    public abstract IReadOnlyDictionary<string, KerasWeights> Layers(IReadOnlyList<KerasLayer> layers);
}
