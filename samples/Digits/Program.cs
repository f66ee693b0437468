using System.Diagnostics;
using System.Globalization;
using DigitsSample;
using StbImageSharp;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args.Length > 0)
    foreach (string path in args) Classify(path);
else
    Measure();

// Names the digit in a picture of any format that StbImageSharp reads.
static void Classify(string path)
{
    ImageResult picture = ImageResult.FromMemory(File.ReadAllBytes(path), ColorComponents.Grey);
    if (picture.Width != Digits.ImageWidth || picture.Height != Digits.ImageHeight)
    {
        Console.Error.WriteLine($"{path} has {picture.Width}x{picture.Height} pixels; the network takes {Digits.ImageWidth}x{Digits.ImageHeight}.");
        Environment.ExitCode = 1;
        return;
    }
    Console.WriteLine(path);
    foreach ((string label, int digit, float score) in Digits.Shared.Top(picture.Data, 3))
        Console.WriteLine($"  {digit} ({label}): {score:P1}");
}

// Accuracy on the labelled test images, size, and speed on one thread.
static void Measure()
{
    TestImages images = TestImages.Read(name => File.OpenRead(Beside(name)));
    (int correct, string fingerprint) = images.Measure(Digits.Shared.Predict, Digits.ProbsLength);
    Console.WriteLine($"accuracy   {(double)correct / TestImages.Count:P2} of {TestImages.Count} images ({correct} right)");

    double before = new FileInfo(Beside("digits.pb")).Length, after = EmbeddedBytes();
    Console.WriteLine($"size       {before / 1000:F1} KB -> {after / 1000:F1} KB of weights in the assembly ({before / after:F1}x)");

    const int Rounds = 20;
    Stopwatch watch = Stopwatch.StartNew();
    for (int round = 0; round < Rounds; round++) images.Measure(Digits.Shared.Predict, Digits.ProbsLength);
    Console.WriteLine($"speed      {Rounds * TestImages.Count / watch.Elapsed.TotalSeconds:N0} images per second on one thread");
    Console.WriteLine($"outputs    {fingerprint}, the same on every computer");
}

static long EmbeddedBytes()
{
    System.Reflection.Assembly assembly = typeof(Digits).Assembly;
    return assembly.GetManifestResourceNames().Sum(name => assembly.GetManifestResourceStream(name)!.Length);
}

static string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
