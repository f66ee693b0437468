namespace ModelBuild.Benchmarks;

/// <summary>A model that all contenders run.</summary>
/// <param name="Name">Name in the corpus.</param>
/// <param name="Folder">Where its peers' files lie, in "peers".</param>
/// <param name="Type">The generated class.</param>
internal sealed record BenchmarkModel(string Name, string Folder, Type Type)
{
    private static readonly string[] Corpus =
    [
        "ad01_autoencoder", "resnet8_cifar10", "cifar_mobilenet", "efficientnet_cifar", "mobilenet_v1", "mobilenet_v2", "mobilenet_v3_small", "efficientnet_b0",
    ];

    /// <summary>The models that were there when the project was built and whose peers are there now.</summary>
    public static IReadOnlyList<BenchmarkModel> All()
    {
        string corpus = Path.Combine(Repository.Root, "../shared/corpus");
        IEnumerable<(string Name, string Folder)> places =
            [("digits", Path.Combine(corpus, "digits")), .. Corpus.Select(name => (name, Path.Combine(corpus, "models", name)))];
        return [.. places.Select(place => Find(place.Name, place.Folder)).OfType<BenchmarkModel>()];
    }

    /// <summary>The file of a peer.</summary>
    public string Peer(string file) => Path.Combine(Folder, "peers", file);

    /// <summary>Name of the generated class of a model.</summary>
    public static string ClassName(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static BenchmarkModel? Find(string name, string folder)
    {
        Type? generated = typeof(BenchmarkModel).Assembly.GetType($"ModelBuild.Benchmarks.{ClassName(name)}");
        return generated is null ? null : new BenchmarkModel(name, folder, generated);
    }
}
