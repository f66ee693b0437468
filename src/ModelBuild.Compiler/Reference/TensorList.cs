using System.Collections.Immutable;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference;

/// <summary>A list of tensors of one type, which never changes; what is not set reads as zeros.</summary>
/// <param name="Type">Of the elements.</param>
/// <param name="Form">Shape of the elements as far as it was declared.</param>
/// <param name="Items">The elements, null for those not set.</param>
internal sealed record TensorList(DataType Type, Shape Form, ImmutableList<Tensor?> Items)
{
    // Longer lists are not what loops of networks make.
    private const int MostItems = 1 << 20;

    /// <summary>A list in a tensor of type variant.</summary>
    public static TensorList Of(Tensor tensor) =>
        tensor.Data is object[] and [TensorList list] ? list : throw Inference.Error($"{tensor} is no list.");

    /// <summary>The list as a tensor.</summary>
    public Tensor ToTensor() => new(DataType.Variant, Shape.Scalar, new object[] { this });

    /// <summary>A list of elements that are not set.</summary>
    public static TensorList Reserve(DataType type, Shape form, int count) => new TensorList(type, form, []).Resize(count);

    /// <summary>The list cut off, or with elements that are not set.</summary>
    public TensorList Resize(int count)
    {
        Inference.Require(count is >= 0 and <= MostItems, $"a list of {count} elements is not possible.");
        return this with
        {
            Items = count <= Items.Count ? Items.RemoveRange(count, Items.Count - count) : Items.AddRange(new Tensor?[count - Items.Count]),
        };
    }

    /// <summary>The list with another element; <paramref name="grows"/> allows one behind the end.</summary>
    public TensorList Set(int index, Tensor item, bool grows)
    {
        Inference.Require(item.Type == Type, $"a list of {Type} gets {item.Type}.");
        TensorList list = grows && index >= Items.Count ? Resize(index + 1) : this;
        list.RequireIndex(index);
        return list with { Items = list.Items.SetItem(index, item) };
    }

    /// <summary>An element; one that is not set is zeros of the shape that is known from what is declared and from the others.</summary>
    public Tensor Get(int index, Shape form)
    {
        RequireIndex(index);
        return Items[index] ?? Zeros(form);
    }

    /// <summary>All elements.</summary>
    public IReadOnlyList<Tensor> All(Shape form)
    {
        Tensor? zeros = null;
        return [.. Items.Select(item => item ?? (zeros ??= Zeros(form)))];
    }

    /// <summary>The shape of elements that are not set, as far as it is known.</summary>
    public Shape Known(Shape form)
    {
        Shape known = Inference.Merge(form, Form, "shapes of elements");
        if (known.IsStatic) return known;
        foreach (Tensor item in Items.OfType<Tensor>()) known = Inference.Merge(known, item.Shape, "shapes of elements");
        return known;
    }

    private Tensor Zeros(Shape form)
    {
        Shape known = Known(form);
        Inference.Require(known.IsStatic, $"an element that was not set is read, and only {known} is known of its shape.");
        return new Tensor(Type, known, ElementTypes.Allocate(Type, Inference.Product(known.Dimensions)));
    }

    private void RequireIndex(int index) =>
        Inference.Require(index >= 0 && index < Items.Count, $"element {index} of a list of {Items.Count} does not exist.");

    /// <summary>The shape that a "form" input describes: -1 for none, else a dimension each, -1 where it is unknown.</summary>
    public static Shape ReadForm(Tensor form)
    {
        int[] dimensions = Tensors.Integers(form);
        if (form.Shape.Rank == 0)
            return dimensions[0] < 0 ? Shape.UnknownRank : throw Inference.Error("the shape of elements is no list of dimensions.");
        Inference.Require(dimensions.All(dimension => dimension >= Shape.Unknown), $"[{string.Join(",", dimensions)}] is no shape.");
        return Shape.Of(dimensions);
    }
}
