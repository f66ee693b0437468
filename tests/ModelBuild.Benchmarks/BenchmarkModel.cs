namespace ModelBuild.Benchmarks;

/// <summary>A model that all contenders run.</summary>
/// <param name="Name">Name in the corpus.</param>
/// <param name="Folder">Where its peers' files lie, in "peers".</param>
/// <param name="Predictor">The generated predictor.</param>
internal sealed record BenchmarkModel(string Name, string Folder, Predictor Predictor)
{
    private static readonly string[] Corpus =
    [
        "ad01_autoencoder", "resnet8_cifar10", "cifar_mobilenet", "efficientnet_cifar", "mobilenet_v1", "mobilenet_v2",
        "mobilenet_v3_small", "efficientnet_b0",
    ];

    /// <summary>The models that were there when the project was built.</summary>
    public static IReadOnlyList<BenchmarkModel> All()
    {
        string corpus = Path.Combine(Repository.Root, "../shared/corpus");
        IEnumerable<(string Name, string Folder)> places =
            [("digits", Path.Combine(corpus, "digits")), .. Corpus.Select(name => (name, Path.Combine(corpus, "models", name)))];
        return
        [
            .. from place in places
               let predictor = Predictor.Find(place.Name)
               where predictor is not null
               select new BenchmarkModel(place.Name, place.Folder, predictor),
        ];
    }

    /// <summary>The file of a peer; null if it is not there.</summary>
    public string? Peer(string file)
    {
        string path = Path.Combine(Folder, "peers", file);
        return File.Exists(path) ? path : null;
    }

    /// <summary>Name of the generated class of a model.</summary>
    public static string ClassName(string name) =>
        string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
