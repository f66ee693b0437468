using ModelBuild.Compiler.Data;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Tests;

/// <summary>Whole models, from the file to a plan that was executed and measured.</summary>
public class ModelCompilerTests
{
    private static string Digits => Repository.Path("samples/Digits");

    [Theory]
    [InlineData("digits.pb")]
    [InlineData("digits_tf1.pb")]
    public void Digits_keep_their_accuracy_in_int8(string file)
    {
        CompressionReport report = ModelCompiler.Compile(Options(file)).Report;
        Assert.Equal((592, 597), (report.FloatAccuracy!.Value.Correct, report.FloatAccuracy.Value.Samples));
        // One image of 597 is in doubt; TensorFlow Lite's int8 has 98.99 % as well.
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, 98.99, 100);
        Assert.Equal(0, report.FloatLayers);
        Assert.InRange(report.CompressedBytes, 1, report.SourceBytes / 2);
    }

    [Theory]
    [InlineData("Dynamic", "ranges found in each call", 98.9)]
    [InlineData("None", "float32", 99.1)]
    public void Digits_keep_their_accuracy_in_other_precisions(string quantize, string says, double least)
    {
        CompressionReport report = ModelCompiler.Compile(Options("digits.pb") with { Quantize = quantize }).Report;
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, least, 100);
        Assert.Contains(says, report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "Float16", "float32, Float16 weights", 0.52, 99.1)]
    [InlineData("Int16x8", null, "int16 activations, int8 weights", 0.35, 99.1)]
    [InlineData("Static", "Int4", "int8 activations, Int4 weights", 0.17, 98.6)]
    [InlineData("Static", "Int4/16", "int8 activations, Int4/16 weights", 0.19, 98.8)]
    [InlineData("Static", "Palette3", "int8 activations, Palette3 weights", 0.15, 98)]
    [InlineData("None", "Int4/16", "float32, Int4/16 weights", 0.21, 98.9)]
    public void Digits_keep_their_accuracy_with_weights_of_other_forms(string? quantize, string? weights, string says, double size, double least)
    {
        CompressionReport report = ModelCompiler.Compile(Options("digits.pb") with { Quantize = quantize, Weights = weights }).Report;
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, least, 100);
        Assert.InRange(report.WeightBytes, 1, (long)(58_600 * size)); // of the weights in float
        Assert.Contains(says, report.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Static", "Float16", null, "computed in float")]
    [InlineData("Static", null, "Size", "needs CalibrationData")]
    [InlineData("Dynamic", null, "Speed", "needs CalibrationData")]
    public void Precisions_that_need_something_else_say_so(string quantize, string? weights, string? optimize, string says)
    {
        ModelOptions options = Options("digits.pb") with { Quantize = quantize, Weights = weights, Optimize = optimize };
        if (optimize is not null) options = options with { CalibrationData = null };
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => ModelCompiler.Compile(options));
        Assert.Equal(DiagnosticCode.UnknownOption, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Static", null, "int8, ranges from batch norms", 98.99)]
    [InlineData("Int16x8", null, "int16 activations, int8 weights, ranges from batch norms", 98.99)]
    [InlineData("Dynamic", "*block*=Static", "ranges found in each call, ranges from batch norms, *block*=Static", 98.99)]
    public void Digits_keep_their_accuracy_with_ranges_from_batch_norms(string quantize, string? layers, string says, double least)
    {
        ModelOptions options = Options("digits.pb") with { CalibrationData = null, Preprocess = "ZeroToOne" };
        CompiledModel model = ModelCompiler.Compile(options with { Quantize = quantize, Layers = layers });
        Assert.InRange(model.Report.CompressedAccuracy!.Value.Percent, least, 100);
        Assert.Contains(says, model.Report.Summary, StringComparison.Ordinal);
        Assert.True(model.Report.IsDataFree);
        RecoveryStage correction = Assert.Single(model.Report.Recovery, stage => stage.Name == "analytic bias correction");
        Assert.Contains("on synthetic inputs", correction.Figure, StringComparison.Ordinal);
        Assert.True(correction.After > correction.Before);
        // Only the classes' scores, which no normalisation tells of, are computed with ranges found in each call.
        if (layers is null && quantize == "Static")
            Assert.Single(model.Plan.Layers, layer => layer.Kind.EndsWith("Hybrid", StringComparison.Ordinal));
    }

    [Fact]
    public void The_range_of_an_input_that_nothing_tells_of_is_found_in_each_call()
    {
        CompiledModel model = ModelCompiler.Compile(Options("digits.pb") with { CalibrationData = null, Quantize = "Static" });
        Assert.Single(model.Plan.Layers, layer => layer.Kind == "ConvolutionHybrid");
        Assert.Equal(4, model.Plan.Layers.Count(layer => layer.Kind == "ConvolutionInt8"));
        Assert.InRange(model.Report.CompressedAccuracy!.Value.Percent, 98.99, 100);
    }

    [Theory]
    [InlineData("Static", null, "Quantize=\"Static\" needs the ranges")]
    [InlineData("Int16x8", null, "Quantize=\"Int16x8\" needs the ranges")]
    [InlineData("Dynamic", "*=Int16", "Layers needs the ranges")]
    [InlineData("Dynamic", "*=Xnor", "Layers asks for Xnor")]
    public void Without_data_and_batch_norms_there_are_no_ranges(string quantize, string? layers, string says)
    {
        string model = Repository.Path("tests/data/keras/separable_h5/model.h5");
        ModelOptions options = new() { ModelPath = model, Quantize = quantize, Layers = layers };
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => ModelCompiler.Compile(options));
        Assert.Equal(DiagnosticCode.UnknownOption, error.Code);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_data_the_ranges_are_found_in_each_call()
    {
        ModelOptions options = new() { ModelPath = Path.Combine(Digits, "digits.pb") };
        CompiledModel model = ModelCompiler.Compile(options);
        Assert.Equal(QuantizeMode.Dynamic, model.Report.Quantize);
        Assert.Contains(model.Plan.Layers, layer => layer.Kind == "ConvolutionHybrid");
        Assert.Null(model.Report.CompressedAccuracy);
    }

    [Fact]
    public void A_folder_of_pictures_calibrates_like_the_array_of_them()
    {
        ModelOptions options = Options("digits.pb") with { CalibrationData = Path.Combine(Digits, "images"), Preprocess = "ZeroToOne" };
        Assert.InRange(ModelCompiler.Compile(options).Report.CompressedAccuracy!.Value.Percent, 98.5, 100);
    }

    [Fact]
    public void Equal_inputs_give_equal_bytes()
    {
        CompiledModel first = ModelCompiler.Compile(Options("digits.pb")), second = ModelCompiler.Compile(Options("digits.pb"));
        Assert.Equal(PlanWriter.Write(first.Plan), PlanWriter.Write(second.Plan));
        Assert.Equal(first.Blob, second.Blob);
    }

    [Fact]
    public void Optimised_for_size_a_model_is_far_smaller_and_within_its_budget()
    {
        ModelOptions options = Options("digits.pb") with { MaxDrop = "0.5" };
        CompiledModel balanced = ModelCompiler.Compile(options), small = ModelCompiler.Compile(options with { Optimize = "Size" });
        Assert.InRange(small.Blob.Length, 1, balanced.Blob.Length * 2 / 3);
        Assert.InRange(small.Report.CompressedAccuracy!.Value.Percent, small.Report.FloatAccuracy!.Value.Percent - 0.5, 100);
        Assert.Equal(0, small.Report.FloatLayers);
        Assert.Equal(small.Blob, ModelCompiler.Compile(options with { Optimize = "Size" }).Blob);
    }

    [Fact]
    public void Within_a_size_the_model_of_least_error_is_taken()
    {
        ModelOptions options = Options("digits.pb") with { MaxSize = "0.0135MB" };
        CompressionReport report = ModelCompiler.Compile(options).Report;
        SearchReport search = report.Search!;
        Assert.Equal(13_500, search.MaxSize);
        Assert.InRange(report.CompressedBytes, 12_500, 13_500);
        Assert.Equal(report.CompressedBytes, search.Trials.Where(trial => trial.IsAccepted).Max(trial => trial.Bytes));
        Assert.All(search.Trials, trial => Assert.Equal(trial.Bytes <= 13_500, trial.IsAccepted));
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, 98.5, 100);

        Assert.Empty(report.Warnings);
        Assert.Contains("MB4003: ", Assert.Single(ModelCompiler.Compile(options with { MaxSize = "4.2KB" }).Report.Warnings), StringComparison.Ordinal);

        // What is small enough anyway needs no search, and is the same as without a limit.
        CompiledModel large = ModelCompiler.Compile(options with { MaxSize = "1 MB" });
        Assert.Equal(["least error"], large.Report.Search!.Trials.Select(trial => trial.Settings));
        Assert.Equal(ModelCompiler.Compile(options with { MaxSize = null }).Blob, large.Blob);
    }

    [Theory]
    [InlineData("2.5KB", null, "Balanced", DiagnosticCode.SizeExceeded, 9)]
    [InlineData("5.5KB", "0", "Balanced", DiagnosticCode.DropExceeded, 9)]
    [InlineData("5KB", "0", "Size", DiagnosticCode.SizeExceeded, 9)]
    public void Budgets_that_no_model_keeps_name_the_best_and_what_was_tried(string maxSize, string? maxDrop, string optimize, DiagnosticCode code, int tried)
    {
        ModelOptions options = Options("digits.pb") with { MaxSize = maxSize, MaxDrop = maxDrop, Optimize = optimize };
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => ModelCompiler.Compile(options));
        Assert.Equal((code, tried), (error.Code, error.Report!.Search!.Trials.Count));
        Assert.DoesNotContain(error.Report.Search.Trials, trial => trial.IsAccepted);
        Assert.All(error.Report.Search.Trials, trial => Assert.Contains($"{trial.Bytes:N0}: ", error.Message, StringComparison.Ordinal));
        Assert.Contains(error.Report.Search.Trials, trial => trial.Bytes == error.Report.CompressedBytes);
    }

    [Fact]
    public void Optimised_for_accuracy_values_have_16_bits_where_these_gain_most()
    {
        CompressionReport report = ModelCompiler.Compile(Options("digits.pb") with { Optimize = "Accuracy", Calibration = "MinMax" }).Report;
        SearchTrial[] trials = [.. report.Search!.Trials];
        Assert.Equal("8 bits", trials[0].Settings);
        SearchTrial taken = Assert.Single(trials, trial => trial.Bytes == report.CompressedBytes);
        Assert.InRange(taken.Closeness, trials[0].Closeness + 1, 200);
        Assert.Contains(report.Layers, layer => layer.Kind == "ConvolutionInt16");
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, 99, 100);
    }

    [Fact]
    public void Without_a_search_a_model_that_is_too_large_is_an_error_too()
    {
        ModelOptions options = new() { ModelPath = Path.Combine(Digits, "digits.pb"), MaxSize = "15000" };
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => ModelCompiler.Compile(options));
        Assert.Equal(DiagnosticCode.SizeExceeded, error.Code);
        Assert.Contains("CalibrationData", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Optimize", "Beauty", DiagnosticCode.UnknownOption)]
    [InlineData("MaxSize", "0KB", DiagnosticCode.UnknownOption)]
    [InlineData("MaxSize", "-5", DiagnosticCode.UnknownOption)]
    [InlineData("MaxSize", "10 KiB", DiagnosticCode.UnknownOption)]
    [InlineData("MaxDrop", "-1", DiagnosticCode.UnknownOption)]
    [InlineData("MaxDrop", "a lot", DiagnosticCode.UnknownOption)]
    [InlineData("Parallelism", "0", DiagnosticCode.UnknownOption)]
    [InlineData("Parallelism", "all", DiagnosticCode.UnknownOption)]
    [InlineData("Access", "Secret", DiagnosticCode.UnknownOption)]
    [InlineData("Quantize", "int3", DiagnosticCode.UnknownOption)]
    [InlineData("Weights", "Int5", DiagnosticCode.UnknownOption)]
    [InlineData("Layers", "absent*=Float", DiagnosticCode.UnknownOption)]
    [InlineData("Layers", "dense=", DiagnosticCode.UnknownOption)]
    [InlineData("Outputs", "absent", DiagnosticCode.AmbiguousPorts)]
    [InlineData("Inputs", "absent", DiagnosticCode.AmbiguousPorts)]
    public void Options_that_make_no_sense_are_coded_errors(string option, string value, DiagnosticCode code)
    {
        ModelOptions digits = Options("digits.pb");
        ModelOptions options = ModelOptions.From(digits.ModelPath, name => name == option ? value : (string?)typeof(ModelOptions).GetProperty(name)!.GetValue(digits));
        ModelBuildException error = Assert.Throws<ModelBuildException>(() => ModelCompiler.Compile(options));
        Assert.Equal(code, error.Code);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_do_not_fit_the_scores_are_refused()
    {
        string labels = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(labels, "one\ntwo\n");
        try
        {
            ModelBuildException error = Assert.Throws<ModelBuildException>(() => ModelCompiler.Compile(Options("digits.pb") with { Labels = labels }));
            Assert.Equal(DiagnosticCode.InvalidName, error.Code);
            Assert.Contains("2 names", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(labels);
        }
    }

    [Fact]
    public void Errors_of_several_threads_are_that_of_a_sample()
    {
        ModelBuildException wanted = new(DiagnosticCode.DataNotFinite, "Sample 3 is not finite.");
        Assert.Same(wanted, Assert.Throws<ModelBuildException>(() => EachSample.Do(8, CancellationToken.None, index =>
        {
            if (index == 3) throw wanted;
        })));
    }

    [SkippableFact]
    public void A_trained_residual_network_loses_half_a_point_at_most()
    {
        CompressionReport report = Corpus("resnet8_cifar10", "Raw");
        Assert.Equal(76.40, report.FloatAccuracy!.Value.Percent, 0.001);
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, 75.9, 100);
        Assert.Equal(0, report.FloatLayers);
    }

    [SkippableFact]
    public void A_trained_network_of_inverted_residuals_loses_a_third_of_a_point_at_most()
    {
        CompressionReport report = Corpus("cifar_mobilenet", "scale=0.00784313725490196;offset=-1");
        Assert.Equal(86.05, report.FloatAccuracy!.Value.Percent, 0.001);
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, 85.75, 100);
        Assert.Equal(0, report.FloatLayers);
    }

    [SkippableFact]
    public void Optimised_for_size_without_labels_a_trained_network_has_an_eighth_of_its_bytes()
    {
        CompressionReport report = Corpus("resnet8_cifar10", "Raw", "Size");
        Assert.InRange(report.CompressedAccuracy!.Value.Percent, 75.9, 100);
        Assert.InRange(report.WeightBytes, 1, 43_000);
    }

    private static CompressionReport Corpus(string model, string preprocess, string? optimize = null) => ModelCompiler.Compile(new ModelOptions
    {
        Optimize = optimize,
        ModelPath = Tests.Corpus.Path("models", model, "model.pb"),
        CalibrationData = Tests.Corpus.Path("data", "cifar10_calibration.npy"),
        ValidationData = Tests.Corpus.Path("data", "cifar10_test2000.npy"),
        ValidationLabels = Tests.Corpus.Path("data", "cifar10_test2000_labels.npy"),
        Preprocess = preprocess,
    }).Report;

    private static ModelOptions Options(string file) => new()
    {
        ModelPath = Path.Combine(Digits, file),
        CalibrationData = Path.Combine(Digits, "calibration.npy"),
        ValidationData = Path.Combine(Digits, "test.npy"),
        ValidationLabels = Path.Combine(Digits, "test_labels.npy"),
    };
}
