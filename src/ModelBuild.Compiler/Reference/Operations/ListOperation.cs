using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="ListOperation"/>.</summary>
internal static class ListOperationReference
{
    public static IReadOnlyList<Tensor> Run(ListOperation operation, IReadOnlyList<Tensor> inputs)
    {
        switch (operation.Function)
        {
            case ListFunction.Reserve:
                return [TensorList.Reserve(operation.Element, Form(inputs[0]), Tensors.Integer(inputs[1])).ToTensor()];
            case ListFunction.FromTensor:
                Inference.Require(inputs[0].Shape.Rank > 0, "a single value cannot be made a list.");
                return [FromTensor(inputs[0], Form(inputs[1])).ToTensor()];
            case ListFunction.Split: return [Split(inputs[0], Form(inputs[1]), Tensors.Integers(inputs[2])).ToTensor()];
        }
        TensorList list = TensorList.Of(inputs[0]);
        switch (operation.Function)
        {
            case ListFunction.Scatter: return [Scatter(list, inputs[1], Tensors.Integers(inputs[2]), operation.Grows).ToTensor()];
            case ListFunction.Get: return [list.Get(Tensors.Integer(inputs[1]), Form(inputs[2]))];
            case ListFunction.Set: return [list.Set(Tensors.Integer(inputs[1]), inputs[2], operation.Grows).ToTensor()];
            case ListFunction.Stack: return [Stack(list, list.All(Form(inputs[1])), Form(inputs[1]))];
            case ListFunction.Gather:
                return [Stack(list, [.. Tensors.Integers(inputs[1]).Select(index => list.Get(index, Form(inputs[2])))], Form(inputs[2]))];
            case ListFunction.Concat: return Concat(list, Form(inputs[1]), Tensors.Integers(inputs[2]));
            case ListFunction.Length: return [Tensor.Of(Shape.Scalar, new[] { list.Items.Count })];
            case ListFunction.Resize: return [list.Resize(Tensors.Integer(inputs[1])).ToTensor()];
            case ListFunction.PushBack: return [list.Set(list.Items.Count, inputs[1], grows: true).ToTensor()];
            case ListFunction.PopBack:
                int last = list.Items.Count - 1;
                return [list.Resize(last).ToTensor(), list.Get(last, Form(inputs[1]))];
            case ListFunction.Append: return [(list with { Items = list.Items.AddRange(TensorList.Of(inputs[1]).Items) }).ToTensor()];
            default: throw new InvalidOperationException($"{operation.Function} is not executed.");
        }
    }

    private static Shape Form(Tensor form) => TensorList.ReadForm(form);

    private static TensorList FromTensor(Tensor tensor, Shape form) =>
        new(tensor.Type, form, [.. Enumerable.Range(0, tensor.Shape[0]).Select(i => Row(tensor, i))]);

    private static TensorList Split(Tensor tensor, Shape form, int[] lengths)
    {
        Inference.Require(tensor.Shape.Rank > 0 && lengths.All(length => length >= 0) && lengths.Sum() == tensor.Shape[0],
            $"{tensor} cannot be split into [{string.Join(",", lengths)}].");
        List<Tensor?> pieces = [];
        int first = 0;
        foreach (int length in lengths)
        {
            pieces.Add(Rows(tensor, first, length));
            first += length;
        }
        return new TensorList(tensor.Type, form, [.. pieces]);
    }

    private static TensorList Scatter(TensorList list, Tensor tensor, int[] indices, bool grows)
    {
        Inference.Require(tensor.Shape.Rank > 0 && tensor.Shape[0] == indices.Length,
            $"{indices.Length} elements cannot be taken from {tensor}.");
        for (int i = 0; i < indices.Length; i++) list = list.Set(indices[i], Row(tensor, i), grows);
        return list;
    }

    private static Tensor Stack(TensorList list, IReadOnlyList<Tensor> items, Shape form)
    {
        if (items.Count > 0) return PackReference.Run(new Pack(0), items);
        Shape known = list.Known(form);
        Inference.Require(known.IsStatic, $"an empty list is stacked, and only {known} is known of the shape of its elements.");
        return new Tensor(list.Type, Shape.Of([0, .. known.Dimensions]), ElementTypes.Allocate(list.Type, 0));
    }

    private static IReadOnlyList<Tensor> Concat(TensorList list, Shape form, int[] leading)
    {
        // The form of elements leaves the first dimension open; those not set have it in a list of their own.
        Tensor[] items = [.. list.Items.Select((item, i) =>
            item ?? list.Get(i, Leading(form, i < leading.Length ? leading[i] : Shape.Unknown)))];
        Tensor lengths = new(DataType.Int64, Shape.Of(items.Length),
            items.Select(item => (long)(item.Shape.Rank > 0 ? item.Shape[0] : 1)).ToArray());
        if (items.Length > 0) return [ConcatReference.Run(new Concat(0), items), lengths];
        Shape known = Leading(list.Known(form), 0);
        Inference.Require(known.IsStatic, $"an empty list is joined, and only {known} is known of the shape of its elements.");
        return [new Tensor(list.Type, known, ElementTypes.Allocate(list.Type, 0)), lengths];
    }

    private static Shape Leading(Shape form, int first) =>
        form is { HasRank: true, Rank: > 0 } && first != Shape.Unknown ? Shape.Of([first, .. form.Dimensions[1..]]) : form;

    private static Tensor Row(Tensor tensor, int row) => Rows(tensor, row, 1).Reshape(Shape.Of(tensor.Shape.Dimensions[1..]));

    private static Tensor Rows(Tensor tensor, int first, int count)
    {
        Shape shape = Shape.Of([count, .. tensor.Shape.Dimensions[1..]]);
        int size = Inference.Product(tensor.Shape.Dimensions[1..]);
        Array rows = ElementTypes.Allocate(tensor.Type, count * size);
        Array.Copy(tensor.Data, first * size, rows, 0, count * size);
        return new Tensor(tensor.Type, shape, rows);
    }
}
