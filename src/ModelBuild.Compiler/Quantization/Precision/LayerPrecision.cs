namespace ModelBuild.Compiler.Quantization;

/// <summary>How a layer takes its input and gives its output.</summary>
internal enum ActivationForm
{
    /// <summary>As floats.</summary>
    Float,

    /// <summary>The input as bytes by the range it has in the call, the output as floats.</summary>
    Dynamic,

    /// <summary>Both as bytes by ranges from calibration.</summary>
    Static,

    /// <summary>Both as 16-bit integers by ranges from calibration.</summary>
    Int16,

    /// <summary>The input as signs around thresholds from calibration, multiplied with weights of -1 and 1; the output as floats.</summary>
    Xnor,
}

/// <summary>The precision of a layer.</summary>
/// <param name="Activations">Of what it reads and writes.</param>
/// <param name="Weights">Of its weights, if it has some.</param>
internal readonly record struct LayerPrecision(ActivationForm Activations, WeightForm Weights)
{
    /// <summary>What <see cref="Parse"/> takes, for messages.</summary>
    public const string Names = $"Float, Static, Dynamic, Int16, {WeightForm.Names}, or two of them as in Int16+Int4, "
        + "or Xnor (signs of activations and weights), which goes with no weights but Binary";

    private const string Float = "Float";

    /// <summary>float32 throughout.</summary>
    public static readonly LayerPrecision None = new(ActivationForm.Float, new WeightForm(WeightKind.Float32));

    /// <summary>int8 by ranges from calibration.</summary>
    public static readonly LayerPrecision Int8 = new(ActivationForm.Static, new WeightForm(WeightKind.Int8));

    /// <summary>Ranges of activations have to be known.</summary>
    public bool NeedsRanges => Activations is ActivationForm.Static or ActivationForm.Int16 or ActivationForm.Xnor;

    /// <summary>
    /// The precision that names joined by + make of this one: forms of activations, or of weights; weights in floats are computed in
    /// float, integer activations need integer weights, and signs need signs. Null if a name is not known or does not go with another.
    /// </summary>
    public LayerPrecision? Parse(string text)
    {
        LayerPrecision result = this;
        WeightForm signs = new(WeightKind.Binary);
        bool isSigned = true;
        foreach (string name in text.Split('+', StringSplitOptions.TrimEntries))
        {
            if (name.Equals(Float, StringComparison.OrdinalIgnoreCase)) result = None;
            else if (WeightForm.Parse(name) is { } form)
            {
                isSigned &= form == signs;
                result = form.IsFloat ? None with { Weights = form } : result with { Weights = form };
            }
            else if (Enum.TryParse(name, ignoreCase: true, out ActivationForm activations) && !char.IsDigit(name[0]))
                result = new LayerPrecision(activations, result.Weights.IsFloat ? Int8.Weights : result.Weights);
            else return null;
        }
        return result.Activations != ActivationForm.Xnor ? result : isSigned ? result with { Weights = signs } : null;
    }

    public override string ToString() => Activations == ActivationForm.Float && Weights.Kind == WeightKind.Float32 ? Float : $"{Activations}+{Weights}";
}
