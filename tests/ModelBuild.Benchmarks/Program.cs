using System.CommandLine;
using System.Globalization;
using ModelBuild.Benchmarks;
using ModelBuild.Benchmarks.Comparison;
using ModelBuild.Benchmarks.Quality;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Argument<string[]> models = new("model")
{
    Description = "Names of corpus models; none means all that are there.", Arity = ArgumentArity.ZeroOrMore,
};
Option<double> seconds = new("--seconds")
{
    Description = "How long each measurement of a model takes: calls, layers, starts.", DefaultValueFactory = _ => 3,
};
Option<bool> write = new("--write") { Description = "Write the tables into README.md." };
Option<bool> layers = new("--layers") { Description = "Times by layer, beside the machine's peaks, instead of the comparison." };
Option<bool> tflite = new("--tflite") { Description = "Have npm fetch TensorFlow Lite's library into obj/ if it is not there." };
Option<bool> published = new("--published") { Description = "Measure first results of published programs as well: ReadyToRun, NativeAOT." };
Option<bool> batch = new("--batch") { Description = "Measure calls of several samples as well." };
Option<bool> assert = new("--assert") { Description = "Fail where a measure is missed." };
Command compare = new("compare", "Calls, first results and memory beside ONNX Runtime and TensorFlow Lite, on one thread.")
{
    models, seconds, write, layers, tflite, published, batch, assert,
};
compare.SetAction(result => result.GetValue(layers)
    ? LayersCommand.Run(result.GetValue(models)!, result.GetValue(seconds))
    : CompareCommand.Run(new ComparisonOptions(
        result.GetValue(models)!, result.GetValue(seconds), result.GetValue(tflite), result.GetValue(published), result.GetValue(batch),
        result.GetValue(write), result.GetValue(assert))));
Option<string[]> ways = new("--way") { Description = "Names of precisions, as in the table; all by default." };
Command quality = new("quality", "Bytes, accuracy and signal-to-noise ratio of corpus models in each precision, beside the peers'; fails where a measure is missed.")
{
    models, ways, write,
};
quality.SetAction(result => QualityCommand.Run(result.GetValue(models)!, result.GetValue(ways) ?? [], result.GetValue(write)));
Command reference = new("reference", "Time of import, and of the reference executor beside ONNX Runtime in float.") { models };
reference.SetAction(result => ReferenceCommand.Run(result.GetValue(models)!));
Command threads = new("threads", "What threads gain, in calls of one sample and of several.") { models, seconds };
threads.SetAction(result => ThreadsCommand.Run(result.GetValue(models)!, result.GetValue(seconds)));
Command decode = new("decode", "Bytes of the weights beside their entropy, how fast one thread decodes them, and how long a predictor takes to be made.") { models, seconds };
decode.SetAction(result => DecodeCommand.Run(result.GetValue(models)!, result.GetValue(seconds)));
return new RootCommand("Benchmarks of ModelBuild.") { compare, quality, reference, threads, decode }.Parse(args).Invoke();
