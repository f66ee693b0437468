namespace ModelBuild.Compiler.Graph;

/// <summary>Limits of a result in real units: an activation fused into the layer before it.</summary>
/// <param name="Minimum">Least result; may be -infinity.</param>
/// <param name="Maximum">Greatest result; may be infinity.</param>
public readonly record struct Clamp(float Minimum, float Maximum)
{
    /// <summary>No limits.</summary>
    public static readonly Clamp None = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>There is a limit.</summary>
    public bool IsActive => this != None;

    /// <summary>First these limits, then the other's.</summary>
    public Clamp Then(Clamp other) => new(other.Apply(Minimum), other.Apply(Maximum));

    /// <summary>The value within the limits.</summary>
    internal float Apply(float value) => Math.Min(Math.Max(value, Minimum), Maximum);

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Minimum: 0, Maximum: float.PositiveInfinity } => "relu",
        { Minimum: 0, Maximum: 6 } => "relu6",
        { IsActive: false } => "",
        _ => FormattableString.Invariant($"clamp {Minimum}..{Maximum}"),
    };
}
