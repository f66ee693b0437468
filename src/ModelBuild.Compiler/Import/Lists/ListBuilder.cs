using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Import.Lists;

/// <summary>
/// Imports functions of lists. Each list becomes a node, and its elements are kept in mind as well: where an index is constant,
/// reading the list gives the element itself, and the nodes of the list disappear for nothing reads them.
/// </summary>
/// <param name="context">The TensorFlow node.</param>
/// <param name="element">Type of the elements.</param>
internal sealed class ListBuilder(ImportContext context, DataType element)
{
    private ListTable Lists => context.Scope.Session.Lists;

    /// <summary>A list of elements that are not set.</summary>
    public Value Reserve(Value form, Value count, bool grows)
    {
        int? known = Inference.Integer(count);
        Inference.Require(known is null or >= 0, $"a list of {known} elements is not possible.");
        ListInfo info = new(element, Form(form), null, grows, known <= ListContents.MostItems ? ListContents.Unset(known.Value) : null);
        return List(ListFunction.Reserve, info, form, count);
    }

    /// <summary>The elements of a tensor along its first dimension.</summary>
    public Value FromTensor(Value tensor, Value form)
    {
        Inference.Require(tensor.Type == element, $"a list of {element} is made of {tensor}.");
        Inference.Require(tensor.Shape is { HasRank: false } or { Rank: > 0 }, "a single value cannot be made a list.");
        bool known = tensor.Shape.HasRank && tensor.Shape[0] is >= 0 and <= ListContents.MostItems;
        Shape item = tensor.Shape.HasRank ? Shape.Of(tensor.Shape.Dimensions[1..]) : Shape.UnknownRank;
        ListInfo info = new(element, Form(form), item, false, known ? ListContents.Of(tensor) : null);
        return List(ListFunction.FromTensor, info, tensor, form);
    }

    /// <summary>Pieces of a tensor along its first dimension.</summary>
    public Value Split(Value tensor, Value form, Value lengths)
    {
        Inference.Require(tensor.Type == element, $"a list of {element} is made of {tensor}.");
        Shape open = tensor.Shape.HasRank && tensor.Shape.Rank > 0
            ? Shape.Of([Shape.Unknown, .. tensor.Shape.Dimensions[1..]]) : Shape.UnknownRank;
        ListInfo info = new(element, Form(form), open, false, null);
        if (Inference.Integers(lengths) is { Length: <= ListContents.MostItems } known && open.HasRank && known.All(length => length >= 0))
        {
            ListContents contents = ListContents.Unset(known.Length);
            int first = 0;
            for (int i = 0; i < known.Length; i++)
            {
                contents = contents.Set(i, Rows(tensor, first, checked(first + known[i]), shrinks: false));
                first += known[i];
            }
            Inference.Require(tensor.Shape[0] == Shape.Unknown || tensor.Shape[0] == first, $"{tensor} is split into {first} rows.");
            info = info with { Contents = contents };
        }
        return List(ListFunction.Split, info, tensor, form, lengths);
    }

    /// <summary>The list with elements from a tensor.</summary>
    public Value Scatter(Value list, Value tensor, Value indices)
    {
        ListInfo info = Info(list);
        Inference.Require(tensor.Type == element && tensor.Shape is { HasRank: false } or { Rank: > 0 },
            $"elements of {element} are taken from {tensor}.");
        Shape item = tensor.Shape.HasRank ? Shape.Of(tensor.Shape.Dimensions[1..]) : Shape.UnknownRank;
        ListInfo result = info.With(new Value("an element", element, item), null);
        if (info.Contents is { } contents && tensor.Shape.HasRank
            && Inference.Integers(indices) is { Length: <= ListContents.MostItems } known)
        {
            Inference.Require(tensor.Shape[0] == Shape.Unknown || tensor.Shape[0] == known.Length,
                $"{known.Length} elements are taken from {tensor}.");
            bool all = IsCounting(known) && tensor.Shape[0] == known.Length
                && (contents.Count == known.Length || (info.Grows && contents.Count < known.Length));
            if (all) contents = ListContents.Of(tensor);
            else
                for (int i = 0; i < known.Length; i++)
                    contents = Set(info, contents, known[i], Rows(tensor, i, i + 1, shrinks: true), info.Grows);
            result = result with { Contents = contents };
        }
        return List(ListFunction.Scatter, result, list, tensor, indices);
    }

    /// <summary>An element.</summary>
    public Value Get(Value list, Value index, Value form)
    {
        ListInfo info = Info(list);
        if (info.Contents is { } contents && Inference.Integer(index) is { } known
            && Item(info, contents, known, form) is { } item)
            return item;
        return context.Add(new ListOperation(ListFunction.Get, element, info.Shape(Form(form))), list, index, form);
    }

    /// <summary>The list with another element.</summary>
    public Value Set(Value list, Value index, Value item, bool grows)
    {
        ListInfo info = Info(list);
        Inference.Require(item.Type == element, $"a list of {element} gets {item}.");
        ListContents? contents = info.Contents is { } old && Inference.Integer(index) is { } known
            ? Set(info, old, known, item, grows || info.Grows) : null;
        return List(ListFunction.Set, info.With(item, contents), grows || info.Grows, list, index, item);
    }

    /// <summary>All elements along a new first dimension.</summary>
    public Value Stack(Value list, Value form)
    {
        ListInfo info = Info(list);
        Shape shape = info.Shape(Form(form));
        if (info.Contents is { IsSource: true } whole) return whole.Source!;
        if (info.Contents is { } contents && Pack(info, contents, [.. Enumerable.Range(0, contents.Count)], form) is { } packed)
            return packed;
        return context.Add(new ListOperation(ListFunction.Stack, element, shape), list, form);
    }

    /// <summary>Some elements along a new first dimension.</summary>
    public Value Gather(Value list, Value indices, Value form)
    {
        ListInfo info = Info(list);
        if (info.Contents is { } contents && Inference.Integers(indices) is { Length: <= ListContents.MostItems } known)
        {
            if (contents.IsSource && known.Length == contents.Count && IsCounting(known)) return contents.Source!;
            if (Pack(info, contents, known, form) is { } packed) return packed;
        }
        return context.Add(new ListOperation(ListFunction.Gather, element, info.Shape(Form(form))), list, indices, form);
    }

    /// <summary>All elements along their first dimension, and their lengths.</summary>
    public IReadOnlyList<Value> Concat(Value list, Value form, Value leading)
    {
        ListInfo info = Info(list);
        if (info.Contents is { Count: > 0 } contents)
        {
            Value?[] items = [.. Enumerable.Range(0, contents.Count)
                .Select(i => contents.Items.ContainsKey(i) || i < contents.SourceCount ? Item(info, contents, i, form) : null)];
            if (items.All(item => item is { Shape: { HasRank: true, Rank: > 0 } } && item.Shape[0] >= 0))
            {
                Value joined = items is [var only] ? only! : context.Add(new Concat(0), [.. items.Select(item => item!)]);
                long[] lengths = [.. items.Select(item => (long)item!.Shape[0])];
                return [joined, context.Constant(new Tensor(DataType.Int64, Shape.Of(lengths.Length), lengths))];
            }
        }
        Shape shape = info.Shape(Form(form));
        if (shape is { HasRank: true, Rank: > 0 }) shape = Shape.Of([Shape.Unknown, .. shape.Dimensions[1..]]);
        return context.AddAll(new ListOperation(ListFunction.Concat, element, shape), list, form, leading);
    }

    /// <summary>Number of elements.</summary>
    public Value Length(Value list) => Info(list).Contents is { } contents
        ? context.Constant(Tensor.Of(Shape.Scalar, new[] { contents.Count }))
        : context.Add(new ListOperation(ListFunction.Length, element, Shape.UnknownRank), list);

    /// <summary>The list cut off, or with elements that are not set.</summary>
    public Value Resize(Value list, Value count)
    {
        ListInfo info = Info(list);
        int? known = Inference.Integer(count);
        Inference.Require(known is null or >= 0, $"a list of {known} elements is not possible.");
        ListContents? contents = known <= ListContents.MostItems ? info.Contents?.Resize(known.Value) : null;
        return List(ListFunction.Resize, info with { Contents = contents }, list, count);
    }

    /// <summary>The list with one more element.</summary>
    public Value PushBack(Value list, Value item)
    {
        ListInfo info = Info(list);
        Inference.Require(item.Type == element, $"a list of {element} gets {item}.");
        ListContents? contents = info.Contents is { Count: < ListContents.MostItems } old
            ? old.Resize(old.Count + 1).Set(old.Count, item) : null;
        return List(ListFunction.PushBack, info.With(item, contents), list, item);
    }

    /// <summary>The list without its last element, and that one.</summary>
    public IReadOnlyList<Value> PopBack(Value list, Value form)
    {
        ListInfo info = Info(list);
        Inference.Require(info.Contents is not { Count: 0 }, "the list has no elements.");
        IReadOnlyList<Value> results = context.AddAll(new ListOperation(ListFunction.PopBack, element, info.Shape(Form(form))), list, form);
        Lists.Set(results[0], info with { Contents = info.Contents is { } old ? old.Resize(old.Count - 1) : null });
        return info.Contents is { } contents && Item(info, contents, contents.Count - 1, form) is { } last ? [results[0], last] : results;
    }

    /// <summary>The elements of both lists.</summary>
    public Value Append(Value list, Value other)
    {
        (ListInfo info, ListInfo more) = (Info(list), Info(other));
        ListInfo result = info.With(new Value("an element", element, more.Common ?? info.Common ?? Shape.UnknownRank), null);
        return List(ListFunction.Append, result, list, other);
    }

    /// <summary>What is known of the shape that a tensor describes.</summary>
    private static Shape Form(Value form) => form.Constant is { } constant ? TensorList.ReadForm(constant) : Shape.UnknownRank;

    private ListInfo Info(Value list)
    {
        Inference.Require(list.Type == DataType.Variant, $"{list} is no list.");
        ListInfo info = Lists.Find(list) ?? new ListInfo(element, Shape.UnknownRank, Shape.UnknownRank, false, null);
        Inference.Require(info.Element == element, $"a list of {info.Element} is used as one of {element}.");
        return info;
    }

    private Value List(ListFunction function, ListInfo info, params IReadOnlyList<Value> inputs) =>
        List(function, info, info.Grows, inputs);

    private Value List(ListFunction function, ListInfo info, bool grows, params IReadOnlyList<Value> inputs)
    {
        Value list = context.Add(new ListOperation(function, element, Shape.UnknownRank, grows), inputs);
        Lists.Set(list, info);
        return list;
    }

    private static ListContents? Set(ListInfo info, ListContents? contents, int index, Value item, bool grows)
    {
        if (contents is null) return null;
        Inference.Require(index >= 0 && (grows || index < contents.Count),
            $"element {index} of a list of {contents.Count} does not exist.");
        if (index >= ListContents.MostItems) return null;
        return (index < contents.Count ? contents : contents.Resize(index + 1)).Set(index, item);
    }

    /// <summary>An element, or null where it is not set and its shape not known.</summary>
    private Value? Item(ListInfo info, ListContents contents, int index, Value form)
    {
        Inference.Require(index >= 0 && index < contents.Count, $"element {index} of a list of {contents.Count} does not exist.");
        if (contents.Items.TryGetValue(index, out Value? item)) return item;
        if (index < contents.SourceCount) return Rows(contents.Source!, index, index + 1, shrinks: true);
        Shape shape = info.Shape(Form(form));
        if (!shape.IsStatic || !context.Builder.Budget.TryTake(Inference.Product(shape.Dimensions))) return null;
        return context.Constant(new Tensor(element, shape, ElementTypes.Allocate(element, shape.Count)));
    }

    /// <summary>Elements along a new first dimension, or null where one is not known.</summary>
    private Value? Pack(ListInfo info, ListContents contents, IReadOnlyList<int> indices, Value form)
    {
        Dictionary<int, Value> items = [];
        foreach (int index in indices)
        {
            context.Scope.Session.Count();
            if (items.ContainsKey(index)) continue;
            if (Item(info, contents, index, form) is not { } item) return null;
            items.Add(index, item);
        }
        if (indices.Count > 0) return context.Add(new Pack(0), [.. indices.Select(index => items[index])]);
        Shape shape = info.Shape(Form(form));
        return shape.IsStatic
            ? context.Constant(new Tensor(element, Shape.Of([0, .. shape.Dimensions]), ElementTypes.Allocate(element, 0))) : null;
    }

    private Value Rows(Value tensor, int first, int end, bool shrinks)
    {
        StridedSlice slice = new(0, 0, 0, 0, shrinks ? 1 : 0);
        context.Scope.Session.Count();
        return context.AddStep(FormattableString.Invariant($"{first}"), slice, tensor, context.Constant(first), context.Constant(end),
            context.Constant(1));
    }

    private static bool IsCounting(int[] indices) => indices.Select((index, i) => index == i).All(equal => equal);
}
