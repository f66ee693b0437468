namespace ModelBuild.Kernels;

/// <summary>How a reduction gathers elements.</summary>
/// <typeparam name="T">Type of the elements.</typeparam>
/// <typeparam name="TSum">Type in which they are gathered.</typeparam>
internal interface IReducer<T, TSum>
{
    /// <summary>The result of nothing.</summary>
    static abstract TSum Start { get; }

    /// <summary>Takes an element in.</summary>
    static abstract TSum Include(TSum sum, T element);

    /// <summary>Joins what two parts gathered.</summary>
    static abstract TSum Join(TSum left, TSum right);

    /// <summary>The result.</summary>
    /// <param name="sum">What was gathered.</param>
    /// <param name="count">Number of elements.</param>
    static abstract T Finish(TSum sum, int count);
}
