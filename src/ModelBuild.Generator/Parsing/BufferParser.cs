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
    private readonly Dictionary<string, BufferReference> _references = [];

    /// <summary>What was parsed, by its name in the plan.</summary>
    public IReadOnlyDictionary<string, BufferReference> References => _references;

    /// <summary>The places in the working memory, in order.</summary>
    public IReadOnlyList<BufferSpec> Buffers() => [.. plan.Buffers.Select(Buffer)];

    /// <summary>The constants that layers read like buffers, in order.</summary>
    public IReadOnlyList<BufferSpec> Constants() => [.. plan.Constants.Select(Constant)];

    private BufferSpec Buffer(PlanBuffer buffer)
    {
        string local = Take(buffer.Name, buffer.Shape), comment = Literals.Shape(buffer.Type, buffer.Shape);
        if (buffer.Geometry is not { } geometry) return Flat(local, buffer.Type, Literals.Number(buffer.Offset), buffer.Shape, comment);
        (string Name, int Value)[] arguments =
        [
            ("offset", buffer.Offset), ("channels", buffer.Shape[3]), ("height", buffer.Shape[1]), ("width", buffer.Shape[2]),
            ("pitch", geometry.Pitch), ("origin", geometry.Origin), ("size", geometry.Size), ("border", geometry.Border),
        ];
        return new BufferSpec(local, "ImageBuffer", string.Join(", ", arguments.Select(a => a.Name + ": " + Literals.Number(a.Value))), $"{comment}, {Quantization(geometry)}");
    }

    private BufferSpec Constant(PlanConstant constant)
    {
        PlanTensor tensor = constant.Tensor;
        string local = Take(constant.Name, tensor.Shape);
        return Flat(local, tensor.Type, LayerParser.Read(tensor), tensor.Shape, Literals.Shape(tensor.Type, tensor.Shape));
    }

    private static BufferSpec Flat(string local, string type, string first, IReadOnlyList<int> shape, string comment)
    {
        string dimensions = string.Concat(shape.Select(dimension => ", " + Literals.Number(dimension)));
        return new BufferSpec(local, $"FlatBuffer<{ElementTypes.Expression(type)}>", first + dimensions, comment);
    }

    private static string Quantization(PlanGeometry geometry) => geometry.Quantization is { } quantization
        ? $"scale {Literals.Digits(quantization.Scale)}, zero point {Literals.Number(quantization.ZeroPoint)}"
        : "scale and zero point of the call";

    private string Take(string name, IReadOnlyList<int> shape)
    {
        string local = Identifiers.Escape(locals.Take(Identifiers.Camel(name)));
        _references[name] = new BufferReference(local, shape);
        return local;
    }
}
