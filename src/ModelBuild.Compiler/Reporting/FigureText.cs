namespace ModelBuild.Compiler.Reporting;

/// <summary>Figures and their changes in words, for terminals and pull requests.</summary>
internal static class FigureText
{
    private const string More = "\u25b2", Less = "\u25bc";

    /// <summary>"16.9 KB", "98.83 %"; nothing where it is not known.</summary>
    public static string Of(FigureKind kind, double? value) => value is not { } known ? "" : kind switch
    {
        FigureKind.Bytes => Numbers.Size((long)known),
        FigureKind.Percent => $"{Numbers.Of(known, 2)} %",
        FigureKind.Decibels => Numbers.Decibels(known),
        _ => Numbers.Of((long)known),
    };

    /// <summary>"▼ 8.9 KB (−34.6 %)"; "=" where nothing changed, nothing where it is not known.</summary>
    public static string Change(FigureChange figure)
    {
        if (figure.Change is not { } change) return "";
        if (change == 0) return "=";
        string amount = figure.Kind == FigureKind.Percent ? $"{Numbers.Of(Math.Abs(change), 2)} points" : Of(figure.Kind, Math.Abs(change));
        bool isShare = figure.Kind is FigureKind.Bytes or FigureKind.Count && figure.ChangePercent is not null;
        return $"{(change > 0 ? More : Less)} {amount}" + (isShare ? $" ({Numbers.Signed(figure.ChangePercent!.Value, 1)} %)" : "");
    }

    /// <summary>"added", "removed", "int8 to float32", or nothing.</summary>
    public static string Precision(LayerChange layer) => layer.Kind switch
    {
        LayerChangeKind.Added => "added",
        LayerChangeKind.Removed => "removed",
        _ => layer.PrecisionBefore == layer.PrecisionAfter ? "" : $"{layer.PrecisionBefore} to {layer.PrecisionAfter}",
    };
}
