using ModelBuild.Benchmarks;
using ModelBuild.Benchmarks.Contenders;

// Start KIND MODEL [FILE [LIBRARY]]: runs the model once, writes a byte, runs it 99 times more, writes a byte, and waits until its input
// ends. KIND: modelbuild, onnx, tflite or none, the program alone. FILE: the peer's. LIBRARY: TensorFlow Lite's.
const int FurtherCalls = 99;
using Stream reports = Console.OpenStandardOutput();
Predictor predictor = Predictor.Find(args[1])!;
float[] input = new float[predictor.InputLength], output = new float[predictor.OutputLength];
using IContender? contender = Make();
contender?.Run(input, output);
reports.WriteByte(1);
for (int i = 0; i < FurtherCalls; i++) contender?.Run(input, output);
reports.WriteByte(2);
Console.OpenStandardInput().ReadByte();

// Each in a method of its own, so that only its code is loaded.
IContender? Make() => args[0] switch
{
    "modelbuild" => new GeneratedContender(predictor),
    "onnx" => Onnx(),
    "tflite" => TensorFlowLite(),
    _ => null,
};

IContender Onnx() => new OnnxContender("", args[2]);

IContender TensorFlowLite()
{
    TfLite.LoadFrom(args[3]);
    return new TfLiteContender("", args[2]);
}
