namespace ModelBuild.Compiler.Graph.Operations;

/// <summary>
/// What is done with a list of tensors; in brackets the inputs, "form" being the shape of elements as far as it is known.
/// </summary>
public enum ListFunction
{
    /// <summary>(form, count) -> a list of unset elements, which read as zeros.</summary>
    Reserve,

    /// <summary>(tensor, form) -> a list of what the tensor holds along its first dimension.</summary>
    FromTensor,

    /// <summary>(tensor, form, lengths) -> a list of pieces along the first dimension.</summary>
    Split,

    /// <summary>(list, tensor, indices) -> the list with those elements from the tensor.</summary>
    Scatter,

    /// <summary>(list, index, form) -> the element.</summary>
    Get,

    /// <summary>(list, index, element) -> the list with another element.</summary>
    Set,

    /// <summary>(list, form) -> all elements along a new first dimension.</summary>
    Stack,

    /// <summary>(list, indices, form) -> these elements along a new first dimension.</summary>
    Gather,

    /// <summary>(list, form, first dimensions of unset elements) -> all elements along their first dimension; the lengths, int64.</summary>
    Concat,

    /// <summary>(list) -> number of elements, int32.</summary>
    Length,

    /// <summary>(list, count) -> the list cut off, or with unset elements.</summary>
    Resize,

    /// <summary>(list, element) -> the list with one more.</summary>
    PushBack,

    /// <summary>(list, form) -> the list without the last one; that one.</summary>
    PopBack,

    /// <summary>(list, list) -> the elements of both.</summary>
    Append,
}

/// <summary>
/// One function of lists, which are values of type variant and never change. Only loops that cannot be unrolled leave lists in a
/// graph.
/// </summary>
/// <param name="Function">What is done.</param>
/// <param name="Element">Type of the elements.</param>
/// <param name="Shape">Shape that all elements have, as far as it is known.</param>
/// <param name="Grows">Setting an element behind the end makes a longer list instead of an error.</param>
public sealed record ListOperation(ListFunction Function, DataType Element, Shape Shape, bool Grows = false) : Operation
{
    /// <summary>False: a list is no constant.</summary>
    public override bool IsPure => false;

    /// <inheritdoc/>
    public override IReadOnlyList<(DataType Type, Shape Shape)> Infer(IReadOnlyList<Value> inputs)
    {
        (DataType, Shape) list = (DataType.Variant, Shape.Scalar);
        foreach (Value input in Function is ListFunction.Reserve or ListFunction.FromTensor or ListFunction.Split ? [] : inputs.Take(1))
            Inference.Require(input.Type == DataType.Variant, $"{input} is no list.");
        switch (Function)
        {
            case ListFunction.Get: return [(Element, Shape)];
            case ListFunction.Stack: return [(Element, Along(Shape.Unknown))];
            case ListFunction.Gather:
                return [(Element, Along(inputs[1].Shape is { HasRank: true, Rank: 1 } indices ? indices[0] : Shape.Unknown))];
            case ListFunction.Concat:
                bool known = Shape is { HasRank: true, Rank: > 0 };
                Shape joined = known ? Shape.Of([Shape.Unknown, .. Shape.Dimensions[1..]]) : Shape.UnknownRank;
                return [(Element, joined), (DataType.Int64, Shape.Of(Shape.Unknown))];
            case ListFunction.Length: return [(DataType.Int32, Shape.Scalar)];
            case ListFunction.PopBack: return [list, (Element, Shape)];
            default: return [list];
        }
    }

    private Shape Along(int count) => Shape.HasRank ? Shape.Of([count, .. Shape.Dimensions]) : Shape.UnknownRank;
}
