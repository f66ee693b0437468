using System.Diagnostics;
using ModelBuild.Compiler.Execution;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Benchmarks;

/// <summary>What threads gain: calls of one sample and of several, by one thread and by all processors.</summary>
internal static class ThreadsCommand
{
    private const int Samples = 16;
    private const int FewestRounds = 20;

    /// <param name="names">Models to measure; none means all.</param>
    /// <param name="seconds">How long to measure each.</param>
    /// <returns>The exit code: 0, or 1 where a model is not there.</returns>
    public static int Run(string[] names, double seconds)
    {
        foreach (string name in names.Length > 0 ? names : [.. BenchmarkModel.All().Select(model => model.Name)])
        {
            if (ModelPlans.Find(name) is not { } plan)
            {
                Console.Error.WriteLine($"{name} was not there when this was built.");
                return 1;
            }
            Write(name, new PlanRun(plan, ModelPlans.Blob(plan)), seconds);
        }
        return 0;
    }

    private static void Write(string name, PlanRun run, double seconds)
    {
        (string Text, int Samples, Action Call)[] ways =
        [
            ("1 thread", 1, () => run.One(run.Alone)),
            ($"{run.Together.Parallelism} threads", 1, () => run.One(run.Together)),
            ($"1 thread, {Samples} samples a call", Samples, () => run.Several(run.Alone)),
            ($"{run.Together.Parallelism} threads, {Samples} samples a call", Samples, () => run.Several(run.Together)),
        ];
        double[] least = new double[ways.Length];
        Array.Fill(least, double.MaxValue);
        Stopwatch all = Stopwatch.StartNew();
        for (int round = 0; round < FewestRounds || all.Elapsed.TotalSeconds < seconds; round++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                // The second call finds the threads awake.
                ways[way].Call();
                long start = Stopwatch.GetTimestamp();
                ways[way].Call();
                least[way] = Math.Min(least[way], Stopwatch.GetElapsedTime(start).TotalMicroseconds / ways[way].Samples);
            }
        }
        Console.WriteLine(name);
        for (int way = 0; way < ways.Length; way++)
            Console.WriteLine($"  {ways[way].Text,-32}{least[way],10:F1} us a sample{least[0] / least[way],8:F2}x");
    }

    /// <summary>Runs a plan of one float input and output as a generated predictor does.</summary>
    private sealed class PlanRun
    {
        private readonly IEntry<float> _entry;
        private readonly IExit<float> _exit;
        private readonly Layer[] _layers;
        private readonly float[] _input;
        private readonly float[] _output;

        public PlanRun(ModelPlan plan, byte[] blob)
        {
            LayerFactory factory = new(plan, new PlanBuffers(plan, new WeightBlob(blob)));
            object[] layers = [.. plan.Layers.Select(factory.Create)];
            _entry = (IEntry<float>)layers[0];
            _exit = (IExit<float>)layers[^1];
            _layers = [.. layers.OfType<Layer>()];
            Random random = new(1);
            _input = [.. Enumerable.Range(0, Samples * Count(plan.Inputs[0])).Select(_ => random.NextSingle() * 2 - 1)];
            _output = new float[Samples * Count(plan.Outputs[0])];
            Alone = new WorkspacePool(plan.ArenaBytes);
            Together = new WorkspacePool(plan.ArenaBytes, Environment.ProcessorCount);
        }

        public WorkspacePool Alone { get; }

        public WorkspacePool Together { get; }

        public void One(WorkspacePool memory)
        {
            Workspace workspace = memory.Rent();
            _entry.Run(Part(_input, 0), workspace);
            foreach (Layer layer in _layers) layer.Run(workspace);
            _exit.Run(workspace, Part(_output, 0));
            memory.Return(workspace);
        }

        public void Several(WorkspacePool memory)
        {
            Batch batch = memory.RentBatch();
            for (int first = 0; first < Samples; first += batch.Count)
            {
                batch.Take(Samples - first);
                for (int sample = 0; sample < batch.Count; sample++) _entry.Run(Part(_input, first + sample), batch[sample]);
                batch.Run(_layers);
                for (int sample = 0; sample < batch.Count; sample++) _exit.Run(batch[sample], Part(_output, first + sample));
            }
            memory.Return(batch);
        }

        private static Span<float> Part(float[] samples, int sample) =>
            samples.AsSpan(sample * (samples.Length / Samples), samples.Length / Samples);

        private static int Count(PlanPort port) => port.Shape.Aggregate(1, (product, size) => product * size);
    }
}
