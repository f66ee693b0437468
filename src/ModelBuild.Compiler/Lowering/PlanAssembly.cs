using System.Runtime.CompilerServices;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Gives the buffers of a finished <see cref="LoweringContext"/> their places and writes the plan.</summary>
internal sealed class PlanAssembly
{
    private readonly LoweringContext _context;
    private readonly IReadOnlyDictionary<ImageDraft, PlanGeometry> _geometries;

    // What layers name, in the order of first use, with the first and the last layer that does.
    private readonly OrderedDictionary<BufferDraft, (int First, int Last)> _uses = [];
    private readonly Dictionary<BufferDraft, int> _offsets = [];
    private readonly IReadOnlyDictionary<string, string> _names;
    private readonly int _arenaBytes;

    public PlanAssembly(LoweringContext context)
    {
        _context = context;
        _geometries = context.Geometry.Solve();
        for (int step = 0; step < context.Layers.Count; step++)
            foreach (BufferDraft buffer in context.Layers[step].Buffers)
                _uses[buffer] = (_uses.TryGetValue(buffer, out (int First, int) use) ? use.First : step, step);
        _names = PlanNames.Shorten([.. context.Layers.Select(layer => layer.Name), .. _uses.Keys.Select(buffer => buffer.Name)]);
        _arenaBytes = Place();
    }

    /// <summary>The plan, the blob, and what there is to say about the layers.</summary>
    public LoweredModel Assemble(PlanHeader header, IReadOnlyList<PlanPort> inputs, IReadOnlyList<PlanPort> outputs)
    {
        Dictionary<FlatDraft, PlanTensor> constants = [];
        foreach (FlatDraft flat in _uses.Keys.OfType<FlatDraft>())
            if (flat.Constant is { } constant) constants.Add(flat, _context.Blob.Add(flat.Name, constant));
        byte[] blob = _context.Blob.Finish();
        ModelPlan plan = new()
        {
            Source = header.Source, Namespace = header.Namespace, ClassName = header.ClassName, Access = header.Access,
            Resource = header.Resource, BlobBytes = blob.Length, ArenaBytes = _arenaBytes, Parallelism = header.Parallelism,
            Remarks = header.Remarks, Labels = header.Labels, Inputs = inputs, Outputs = outputs,
            Constants = [.. constants.Select(entry => new PlanConstant(_names[entry.Key.Name], entry.Value))],
            Buffers = [.. _uses.Keys.Where(buffer => buffer is not FlatDraft { Constant: not null }).Select(Buffer)],
            Layers = [.. _context.Layers.Select(layer => layer.ToPlan(_names))],
        };
        return new LoweredModel(plan, blob, [.. _context.Layers.Select(layer => Figures(layer, constants))], _names);
    }

    /// <summary>The buffer whose memory this one is; null for constants.</summary>
    private static BufferDraft? Memory(BufferDraft buffer) => buffer switch
    {
        FlatDraft { Constant: not null } => null,
        FlatDraft { Whole: { } whole } => whole,
        _ => buffer,
    };

    /// <returns>Bytes of the working memory.</returns>
    private int Place()
    {
        IGrouping<BufferDraft, (int First, int Last)>[] memories =
            [.. _uses.Where(use => Memory(use.Key) is not null).GroupBy(use => Memory(use.Key)!, use => use.Value)];
        (long[] offsets, long length) = ArenaPlanner.Place(
            [.. memories.Select(memory => new ArenaBlock(Bytes(memory.Key), memory.Min(use => use.First), memory.Max(use => use.Last)))]);
        if (length > int.MaxValue - ArenaPlanner.Alignment)
        {
            throw new ModelBuildException(DiagnosticCode.UnsupportedOperations,
                $"A call of the model would need {length >> 20} MB of working memory, and {int.MaxValue >> 20} MB are the most. "
                + "Freeze the model with a smaller input shape.");
        }
        for (int i = 0; i < memories.Length; i++) _offsets[memories[i].Key] = (int)offsets[i];
        return (int)length;
    }

    private long Bytes(BufferDraft buffer) => buffer switch
    {
        FlatDraft flat => (long)flat.Length * Size(flat.Type),
        ImageDraft image => (long)(image.Shape.Channels + 3) / 4 * 4 * _geometries[image].Size,
        _ => throw new ArgumentOutOfRangeException(nameof(buffer)),
    };

    private PlanBuffer Buffer(BufferDraft buffer)
    {
        int offset = _offsets[Memory(buffer)!];
        if (buffer is FlatDraft flat)
            return new PlanBuffer(_names[flat.Name], PlanTypes.Name(flat.Type)!, flat.Shape, offset + flat.Start * Size(flat.Type), null);
        ImageDraft image = (ImageDraft)buffer;
        int[] shape = [1, image.Shape.Height, image.Shape.Width, image.Shape.Channels];
        return new PlanBuffer(_names[image.Name], "byte", shape, offset, _geometries[image]);
    }

    private static LoweredLayer Figures(LayerDraft layer, Dictionary<FlatDraft, PlanTensor> constants)
    {
        FlatDraft[] flats = [.. layer.Buffers.OfType<FlatDraft>()];
        PlanTensor[] tensors = [.. layer.Tensors, .. flats.Where(constants.ContainsKey).Select(flat => constants[flat])];
        bool computes = layer.Role == PlanRole.Inner && layer.Kind != nameof(SoftmaxFloat) && layer.Buffers.Count() == flats.Length;
        return new LoweredLayer(
            layer.Name, layer.Kind, layer.Role, layer.MultiplyAdds,
            tensors.Sum(tensor => (long)tensor.Length * Size(PlanTypes.Type(tensor.Type))),
            tensors.Sum(tensor => (long)tensor.Bytes), computes && flats.Any(flat => flat.Type.IsFloating) && flats.All(flat => flat.Type != DataType.Int16));
    }

    private static int Size(DataType type) => ElementTypes.Any(type, new SizeOf());

    private sealed class SizeOf : IElementWork<int>
    {
        public int Run<T>() => Unsafe.SizeOf<T>();
    }
}
