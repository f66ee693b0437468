using System.Diagnostics;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Import;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Data;

namespace ModelBuild.Compiler.Tests.Import;

/// <summary>Damaged files give a graph or an error with a code: never another exception, a long wait or a full memory.</summary>
public sealed class FuzzTests
{
    // Import takes milliseconds; what takes this long even on a busy machine has no bound.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private const long MostBytes = 2L << 30;

    [Theory]
    [InlineData("digits.pb")]
    [InlineData("digits_tf1.pb")]
    public void OfTheSample(string file) => Damage(Repository.Path("samples/Digits/" + file), 400);

    [SkippableTheory]
    [InlineData("Cond", 30)]
    [InlineData("While", 30)]
    [InlineData("TensorArray", 30)]
    [InlineData("PartitionedCall", 30)]
    [InlineData("Tf1Layers", 20)]
    [InlineData("Layers", 5)]
    [InlineData("", 1)]
    public void OfTheCorpus(string family, int times)
    {
        foreach (string file in Directory.EnumerateFiles(Corpus.Path("ops", family), "graph.pb", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
            Damage(file, times);
    }

    private static void Damage(string file, int times)
    {
        byte[] bytes = File.ReadAllBytes(file);
        GraphDef graph = GraphDef.Parser.ParseFrom(bytes);
        for (int seed = 0; seed < times; seed++)
        {
            string what = $"{file} damaged with seed {seed}";
            GraphMutator mutator = new(new Random(seed * 7919 + bytes.Length));
            (long start, long before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
            try
            {
                GraphDef damaged = seed % 4 == 0 ? GraphFile.Parse(mutator.Bytes(bytes), file) : mutator.Nodes(graph);
                GraphImporter.Import(damaged, new ImportOptions(), file);
            }
            catch (ModelBuildException error)
            {
                Assert.True(error.File == file, $"{what}: {error.Message} has no file");
            }
            catch (Exception error)
            {
                Assert.Fail($"{what}: {error}");
            }
            Assert.True(Stopwatch.GetElapsedTime(start) < Longest, $"{what} takes {Stopwatch.GetElapsedTime(start)}");
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes,
                $"{what} takes {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        }
    }
}
