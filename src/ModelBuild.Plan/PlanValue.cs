namespace ModelBuild.Plan;

/// <summary>Value of a <see cref="PlanParameter"/>; one nested record a type.</summary>
public abstract record PlanValue
{
    private PlanValue() { }

    /// <summary>An int literal.</summary>
    public sealed record Integer(int Value) : PlanValue;

    /// <summary>A float literal; not NaN.</summary>
    public sealed record Single(float Value) : PlanValue;

    /// <summary>A bool literal.</summary>
    public sealed record Boolean(bool Value) : PlanValue;

    /// <summary>A string literal.</summary>
    public sealed record Text(string Value) : PlanValue;

    /// <summary>An int array.</summary>
    public sealed record Integers(IReadOnlyList<int> Values) : PlanValue;

    /// <summary>A float array.</summary>
    public sealed record Singles(IReadOnlyList<float> Values) : PlanValue;

    /// <summary>A place in the working memory, by <see cref="PlanBuffer.Name"/>, or a constant, by <see cref="PlanConstant.Name"/>.</summary>
    public sealed record Buffer(string Name) : PlanValue;

    /// <summary>The array of a constant from the blob.</summary>
    public sealed record Tensor(PlanTensor Constant) : PlanValue;
}
