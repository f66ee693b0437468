using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Lists;

/// <summary>What is known about the lists among the values of an import.</summary>
internal sealed class ListTable
{
    private readonly Dictionary<Value, ListInfo> _lists = [];

    /// <summary>What is known about a list, or null.</summary>
    public ListInfo? Find(Value list) => _lists.GetValueOrDefault(list);

    /// <summary>Notes what is known about a list.</summary>
    public void Set(Value list, ListInfo info) => _lists[list] = info;

    /// <summary>An input of another graph that stands for a value; of a list, what is known about all elements stays known.</summary>
    public Value Input(GraphBuilder builder, Value value)
    {
        Value input = builder.Input(value.Name, value.Type, value.Shape);
        if (Find(value) is { } info) Set(input, info with { Contents = null });
        return input;
    }

    /// <summary>Notes for a list what is known of all that it may be.</summary>
    /// <returns>That this is less than for the first of them.</returns>
    public bool Join(Value result, IReadOnlyList<Value> sources)
    {
        if (Find(sources[0]) is not { } first) return false;
        ListInfo joined = first with { Contents = null };
        foreach (Value source in sources.Skip(1))
        {
            if (Find(source) is not { } info || info.Element != joined.Element) return false;
            joined = joined with
            {
                Form = Inference.Common(joined.Form, info.Form),
                Common = joined.Common is null || info.Common is null
                    ? joined.Common ?? info.Common : Inference.Common(joined.Common, info.Common),
                Grows = joined.Grows && info.Grows,
            };
        }
        Set(result, joined);
        return !joined.Form.Equals(first.Form) || !Equals(joined.Common, first.Common) || joined.Grows != first.Grows;
    }
}
