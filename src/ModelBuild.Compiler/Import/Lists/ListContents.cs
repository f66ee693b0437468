using System.Collections.Immutable;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Lists;

/// <summary>The elements of a list as values of the graph, as long as all indices are constants.</summary>
/// <param name="Count">Number of elements.</param>
/// <param name="Source">A tensor along whose first dimension the first elements lie, or null.</param>
/// <param name="SourceCount">How many those are.</param>
/// <param name="Items">Elements that are not of the source.</param>
internal sealed record ListContents(int Count, Value? Source, int SourceCount, ImmutableDictionary<int, Value> Items)
{
    // Longer lists are left to be made when the graph runs.
    public const int MostItems = 1 << 12;

    /// <summary>Elements that are not set.</summary>
    public static ListContents Unset(int count) => new(count, null, 0, ImmutableDictionary<int, Value>.Empty);

    /// <summary>The elements of a tensor whose first dimension is known.</summary>
    public static ListContents Of(Value source) => new(source.Shape[0], source, source.Shape[0], ImmutableDictionary<int, Value>.Empty);

    /// <summary>All elements are those of the source, in order.</summary>
    public bool IsSource => Source is not null && SourceCount == Count && Source.Shape[0] == Count && Items.IsEmpty;

    public ListContents Set(int index, Value item) => this with { Items = Items.SetItem(index, item) };

    public ListContents Resize(int count) => count >= Count ? this with { Count = count }
        : new(count, Source, Math.Min(SourceCount, count), Items.RemoveRange(Enumerable.Range(count, Count - count)));
}

/// <summary>What is known about a list.</summary>
/// <param name="Element">Type of the elements.</param>
/// <param name="Form">Shape of the elements as it was declared.</param>
/// <param name="Common">What the shapes of the elements that are set have in common; null where none is.</param>
/// <param name="Grows">Setting an element behind the end makes a longer list.</param>
/// <param name="Contents">The elements, where they are known.</param>
internal sealed record ListInfo(DataType Element, Shape Form, Shape? Common, bool Grows, ListContents? Contents)
{
    /// <summary>Shape of every element, as far as it is known.</summary>
    public Shape Shape(Shape form)
    {
        Shape declared = Inference.Merge(form, Form, "shapes of elements");
        return Common is null ? declared : Inference.Merge(declared, Common, "shapes of elements");
    }

    /// <summary>With another element.</summary>
    public ListInfo With(Value item, ListContents? contents) =>
        this with { Common = Common is null ? item.Shape : Inference.Common(Common, item.Shape), Contents = contents };
}
