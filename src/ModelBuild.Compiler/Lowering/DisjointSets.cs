namespace ModelBuild.Compiler.Lowering;

/// <summary>Things put together into sets; whoever was joined, directly or over others, is in one set.</summary>
internal sealed class DisjointSets<T>
    where T : class
{
    private readonly Dictionary<T, T> _parents = new(ReferenceEqualityComparer.Instance);

    /// <summary>What stands for the set of <paramref name="item"/>.</summary>
    public T Find(T item)
    {
        T root = item;
        while (_parents.TryGetValue(root, out T? parent)) root = parent;
        while (item != root)
        {
            T next = _parents[item];
            _parents[item] = root;
            item = next;
        }
        return root;
    }

    /// <summary>Makes the two sets one.</summary>
    public void Join(T first, T second)
    {
        (T a, T b) = (Find(first), Find(second));
        if (a != b) _parents[b] = a;
    }
}
