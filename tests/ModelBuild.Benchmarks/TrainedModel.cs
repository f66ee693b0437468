using ModelBuild.Compiler;

namespace ModelBuild.Benchmarks;

/// <summary>A trained network with labelled data, and what TensorFlow Lite makes of it on the same data.</summary>
/// <param name="Name">Name in the corpus.</param>
/// <param name="Options">Where the model and its data are.</param>
/// <param name="PeerBytes">Bytes of TensorFlow Lite's int8 model.</param>
/// <param name="PeerPercent">Its accuracy; both as measured with TensorFlow 2.15.1 on the whole of these data.</param>
internal sealed record TrainedModel(string Name, ModelOptions Options, int PeerBytes, double PeerPercent)
{
    private const string SignedPixels = "scale=0.00784313725490196;offset=-1";

    /// <summary>Those whose files are there.</summary>
    public static IReadOnlyList<TrainedModel> All()
    {
        string digits = Path.Combine(Repository.Root, "samples/Digits"), corpus = Path.Combine(Repository.Root, "../shared/corpus");
        TrainedModel[] all =
        [
            new("digits", new ModelOptions
            {
                ModelPath = Path.Combine(digits, "digits.pb"), CalibrationData = Path.Combine(digits, "calibration.npy"),
                ValidationData = Path.Combine(digits, "test.npy"), ValidationLabels = Path.Combine(digits, "test_labels.npy"),
            }, 32_776, 98.99),
            Cifar("resnet8_cifar10", "Raw", 94_768, 76.10),
            Cifar("cifar_mobilenet", SignedPixels, 376_416, 86.10),
        ];
        return [.. all.Where(model => File.Exists(model.Options.ModelPath))];

        TrainedModel Cifar(string name, string preprocess, int peerBytes, double peerPercent) => new(name, new ModelOptions
        {
            ModelPath = Path.Combine(corpus, "models", name, "model.pb"), Preprocess = preprocess,
            CalibrationData = Path.Combine(corpus, "data/cifar10_calibration.npy"),
            ValidationData = Path.Combine(corpus, "data/cifar10_test2000.npy"), ValidationLabels = Path.Combine(corpus, "data/cifar10_test2000_labels.npy"),
        }, peerBytes, peerPercent);
    }
}
