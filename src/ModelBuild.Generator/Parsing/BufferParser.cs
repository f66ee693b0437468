using ModelBuild.Generator.Emission;
using ModelBuild.Generator.Specs;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Parsing;

/// <summary>What layers refer to as a buffer.</summary>
/// <param name="Local">Its variable in the constructor.</param>
/// <param name="Shape">Dimensions.</param>
internal sealed record BufferReference(string Local, IReadOnlyList<int> Shape);

/// <summary>From the buffers and constants of a plan to their <see cref="BufferSpec"/>s.</summary>
/// <param name="plan">The plan.</param>
/// <param name="locals">The scope of the constructor's variables.</param>
internal sealed class BufferParser(ModelPlan plan, Identifiers locals)
{
    private readonly Dictionary<string, PlanTensor> _tensors = plan.Tensors.ToDictionary(tensor => tensor.Name);
    private readonly Dictionary<string, BufferReference> _references = [];

    /// <summary>What was parsed, by its name in the plan.</summary>
    public IReadOnlyDictionary<string, BufferReference> References => _references;

    /// <summary>The places in the working memory, in order.</summary>
    public IReadOnlyList<BufferSpec> Buffers() => [.. plan.Buffers.Select(Buffer)];

    /// <summary>The constants that layers read like buffers, in order.</summary>
    public IReadOnlyList<BufferSpec> Constants() => [.. plan.Constants.Select(Constant)];

    private BufferSpec Buffer(PlanBuffer buffer)
    {
        string local = Take(buffer.Name, buffer.Shape), comment = Comment(buffer.Type, buffer.Shape, buffer.Remarks);
        if (buffer.Geometry is not { } geometry) return Flat(local, buffer.Type, Literals.Number(buffer.Offset), buffer.Shape, comment);
        if (buffer.Shape.Count != 4) throw new FormatException($"Buffer \"{buffer.Name}\" of the plan is an image without four dimensions.");
        (string Name, int Value)[] arguments =
        [
            ("offset", buffer.Offset), ("channels", buffer.Shape[3]), ("height", buffer.Shape[1]), ("width", buffer.Shape[2]),
            ("pitch", geometry.Pitch), ("origin", geometry.Origin), ("size", geometry.Size), ("border", geometry.Border),
        ];
        return new BufferSpec(local, "ImageBuffer", string.Join(", ", arguments.Select(a => a.Name + ": " + Literals.Number(a.Value))), comment);
    }

    private BufferSpec Constant(PlanConstant constant)
    {
        if (!_tensors.TryGetValue(constant.Tensor, out PlanTensor? tensor))
            throw new FormatException($"Constant \"{constant.Name}\" of the plan uses the unknown tensor \"{constant.Tensor}\".");
        string local = Take(constant.Name, tensor.Shape), comment = Comment(tensor.Type, tensor.Shape, constant.Remarks);
        return Flat(local, tensor.Type, LayerParser.Read(tensor), tensor.Shape, comment);
    }

    private static BufferSpec Flat(string local, string type, string first, IReadOnlyList<int> shape, string comment)
    {
        string dimensions = string.Concat(shape.Select(dimension => ", " + Literals.Number(dimension)));
        return new BufferSpec(local, $"FlatBuffer<{ElementTypes.Expression(type)}>", first + dimensions, comment);
    }

    private static string Comment(string type, IReadOnlyList<int> shape, string remarks) =>
        Literals.Shape(type, shape) + (remarks.Length > 0 ? ", " + remarks : "");

    private string Take(string name, IReadOnlyList<int> shape)
    {
        string local = Identifiers.Escape(locals.Take(Identifiers.Camel(name)));
        _references[name] = new BufferReference(local, shape);
        return local;
    }
}
