using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Passes;

/// <summary>
/// Computes what is known of integers that depend on an input: the dimensions that are not open of a shape, and what shape
/// arithmetic makes of them. Runs whenever a node is added to a graph.
/// </summary>
/// <remarks>
/// Operations run twice, on the elements with 1 for what is not known, and on a mask of what is known. Those that only move
/// elements move the mask alike.
/// </remarks>
internal static class PartialFolding
{
    // Shapes are short; whatever is longer is data.
    private const int MostElements = 64;

    /// <summary>What is known of each output, null in place of elements that are not; null where nothing is.</summary>
    public static IReadOnlyList<IReadOnlyList<long?>?> Known(
        Operation operation, IReadOnlyList<Value> inputs, IReadOnlyList<(DataType Type, Shape Shape)> outputs)
    {
        if (operation is ShapeOf) return [Dimensions(inputs[0].Shape)];
        IReadOnlyList<long?>?[] nothing = new IReadOnlyList<long?>?[outputs.Count];
        int operands = Operands(operation, inputs.Count);
        if (operands == 0 || outputs.Any(output => !IsShort(output.Type, output.Shape))) return nothing;
        if (inputs.Take(operands).Any(input => !IsShort(input.Type, input.Shape))) return nothing;
        if (inputs.Skip(operands).Any(input => input.Constant is null)) return nothing;
        IReadOnlyList<long?>[] known = [.. inputs.Take(operands).Select(input => Inference.KnownIntegers(input)!)];
        if (known.All(elements => elements.All(element => element is null))) return nothing;
        IReadOnlyList<long>[] elements = Run(operation, inputs, known, element => element ?? 1);
        IReadOnlyList<long>[] masks = Run(MaskOperation(operation), inputs, known, element => element is null ? 0 : 1);
        return [.. elements.Zip(masks, Mask)];
    }

    /// <summary>The outputs as constants where all their elements are known, or null.</summary>
    public static IReadOnlyList<Value>? TryFold(
        string name, IReadOnlyList<(DataType Type, Shape Shape)> outputs, IReadOnlyList<IReadOnlyList<long?>?> known)
    {
        Value[] values = [.. outputs.Select((output, i) => Fold(new Value(i == 0 ? name : $"{name}:{i}", output.Type, output.Shape, null, known[i])))];
        return values.All(value => value.Constant is not null) ? values : null;
    }

    /// <summary>A constant instead of a value of which all elements are known.</summary>
    public static Value Fold(Value value) => value.Known is { } known && known.All(element => element is not null)
        ? Value.Of(value.Name, Tensor(value, [.. known.Select(element => element!.Value)])) : value;

    private static long?[]? Mask(IReadOnlyList<long> elements, IReadOnlyList<long> mask) =>
        mask.All(bit => bit == 0) ? null : [.. elements.Zip(mask, (element, bit) => bit == 0 ? (long?)null : element)];

    private static long?[]? Dimensions(Shape shape) => !shape.HasRank ? null
        : Array.ConvertAll(shape.ToArray(), size => size == Shape.Unknown ? (long?)null : size);

    private static bool IsShort(DataType type, Shape shape) =>
        type is DataType.Int32 or DataType.Int64 && shape.IsStatic && shape.Count is > 0 and <= MostElements;

    /// <summary>How many inputs, from the first, hold elements; what comes after them says what to do with these.</summary>
    private static int Operands(Operation operation, int inputs) => operation switch
    {
        Concat or Pack or Binary { Clamp.IsActive: false } => inputs,
        Reshape or Slice or StridedSlice or Gather or Split or Unpack or Transpose or Tile or BroadcastTo or Reverse or Reduce or Cast => 1,
        _ => 0,
    };

    private static Operation MaskOperation(Operation operation) => operation switch
    {
        Binary => new Binary(BinaryKind.Multiply),
        Reduce reduce => reduce with { Kind = ReduceKind.Minimum },
        _ => operation,
    };

    private static IReadOnlyList<long>[] Run(
        Operation operation, IReadOnlyList<Value> inputs, IReadOnlyList<long?>[] known, Func<long?, long> element)
    {
        IEnumerable<Tensor> operands = known.Select((elements, i) => Tensor(inputs[i], [.. elements.Select(element)]));
        IEnumerable<Tensor> others = inputs.Skip(known.Length).Select(input => input.Constant!);
        IReadOnlyList<Tensor> results = ReferenceOperations.Run(operation, [.. operands, .. others]);
        return [.. results.Select(result => result.Data as long[] ?? Array.ConvertAll((int[])result.Data, number => (long)number))];
    }

    private static Tensor Tensor(Value value, long[] elements) =>
        new(value.Type, value.Shape, value.Type == DataType.Int64 ? elements : Array.ConvertAll(elements, element => (int)element));
}
