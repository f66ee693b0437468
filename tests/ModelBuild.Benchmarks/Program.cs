using System.CommandLine;
using System.Globalization;
using ModelBuild.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Argument<string[]> models = new("model") { Description = "Names of corpus models; none means all that are there.", Arity = ArgumentArity.ZeroOrMore };
Option<double> seconds = new("--seconds") { Description = "How long to measure each model.", DefaultValueFactory = _ => 3 };
Option<bool> write = new("--write") { Description = "Write the table into README.md." };
Option<bool> layers = new("--layers") { Description = "Times by layer, beside the machine's peaks, instead of the comparison." };
Command compare = new("compare", "Latency of a call beside ONNX Runtime: one thread, interleaved rounds, ratios.") { models, seconds, write, layers };
compare.SetAction(result => result.GetValue(layers)
    ? LayersCommand.Run(result.GetValue(models)!, result.GetValue(seconds))
    : CompareCommand.Run(result.GetValue(models)!, result.GetValue(seconds), result.GetValue(write)));
Command quality = new("quality", "Bytes and accuracy of the trained corpus models in each precision, beside the anchors of TensorFlow Lite.") { models, write };
quality.SetAction(result => QualityCommand.Run(result.GetValue(models)!, result.GetValue(write)));
Command reference = new("reference", "Time of import, and of the reference executor beside ONNX Runtime in float.") { models };
reference.SetAction(result => ReferenceCommand.Run(result.GetValue(models)!));
return new RootCommand("Benchmarks of ModelBuild.") { compare, quality, reference }.Parse(args).Invoke();
