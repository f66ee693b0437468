namespace ModelBuild.Benchmarks;

/// <summary>Runs a network on one sample.</summary>
public delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);

/// <summary>Runs a network on several samples, which lie one after the other.</summary>
public delegate void BatchPrediction(ReadOnlySpan<float> input, Span<float> output, int samples);

/// <summary>A generated predictor, which is made at the first run.</summary>
/// <param name="InputLength">Elements of a sample.</param>
/// <param name="OutputLength">Elements of its result.</param>
/// <param name="Run">Runs it on one sample.</param>
/// <param name="RunBatch">Runs it on several.</param>
/// <param name="Make">Makes another instance, whose weights are decoded and packed anew.</param>
public sealed record Predictor(int InputLength, int OutputLength, Prediction Run, BatchPrediction RunBatch, Func<object> Make)
{
    /// <summary>The predictor of a model by its name in the corpus; null if the model was not there when this was built.</summary>
    public static Predictor? Find(string model) => model switch
    {
        "digits" => new(Digits.ImageLength, Digits.ProbsLength,
            static (x, y) => Digits.Shared.Predict(x, y), static (x, y, n) => Digits.Shared.Predict(x, y, n),
            static () => new Digits()),
#if CORPUS
        "ad01_autoencoder" => new(Ad01Autoencoder.InputLength, Ad01Autoencoder.OutputLength,
            static (x, y) => Ad01Autoencoder.Shared.Predict(x, y), static (x, y, n) => Ad01Autoencoder.Shared.Predict(x, y, n),
            static () => new Ad01Autoencoder()),
        "resnet8_cifar10" => new(Resnet8Cifar10.InputLength, Resnet8Cifar10.OutputLength,
            static (x, y) => Resnet8Cifar10.Shared.Predict(x, y), static (x, y, n) => Resnet8Cifar10.Shared.Predict(x, y, n),
            static () => new Resnet8Cifar10()),
        "cifar_mobilenet" => new(CifarMobilenet.InputLength, CifarMobilenet.OutputLength,
            static (x, y) => CifarMobilenet.Shared.Predict(x, y), static (x, y, n) => CifarMobilenet.Shared.Predict(x, y, n),
            static () => new CifarMobilenet()),
        "efficientnet_cifar" => new(EfficientnetCifar.InputLength, EfficientnetCifar.OutputLength,
            static (x, y) => EfficientnetCifar.Shared.Predict(x, y), static (x, y, n) => EfficientnetCifar.Shared.Predict(x, y, n),
            static () => new EfficientnetCifar()),
        "mobilenet_v1" => new(MobilenetV1.InputLength, MobilenetV1.OutputLength,
            static (x, y) => MobilenetV1.Shared.Predict(x, y), static (x, y, n) => MobilenetV1.Shared.Predict(x, y, n),
            static () => new MobilenetV1()),
        "mobilenet_v2" => new(MobilenetV2.InputLength, MobilenetV2.OutputLength,
            static (x, y) => MobilenetV2.Shared.Predict(x, y), static (x, y, n) => MobilenetV2.Shared.Predict(x, y, n),
            static () => new MobilenetV2()),
        "mobilenet_v3_small" => new(MobilenetV3Small.InputLength, MobilenetV3Small.OutputLength,
            static (x, y) => MobilenetV3Small.Shared.Predict(x, y), static (x, y, n) => MobilenetV3Small.Shared.Predict(x, y, n),
            static () => new MobilenetV3Small()),
        "efficientnet_b0" => new(EfficientnetB0.InputLength, EfficientnetB0.OutputLength,
            static (x, y) => EfficientnetB0.Shared.Predict(x, y), static (x, y, n) => EfficientnetB0.Shared.Predict(x, y, n),
            static () => new EfficientnetB0()),
#endif
        _ => null,
    };
}
