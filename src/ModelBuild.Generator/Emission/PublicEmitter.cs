using ModelBuild.Generator.Specs;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes what a user of the class sees: constants, labels and the overloads of Predict and Top.</summary>
internal static class PublicEmitter
{
    public static void Members(SourceWriter writer, ModelSpec model)
    {
        foreach (PortSpec port in model.Inputs.Concat(model.Outputs)) Constants(writer, port);
        if (model.Labels.Count > 0) Labels(writer, model);
        Shared(writer, model);
        Parallelism(writer);
        Predict(writer, model, pixels: false);
        if (model.Inputs.Any(port => port.TakesPixels)) Predict(writer, model, pixels: true);
    }

    private static void Constants(SourceWriter writer, PortSpec port)
    {
        string name = Literals.Xml(port.Name);
        Constant("Length", port.Length, $"Number of elements of <c>{name}</c>, {Literals.Shape(port.Type, port.Shape)}.");
        if (!port.IsImage) return;
        Constant("Height", port.Shape[1], $"Rows of <c>{name}</c>.");
        Constant("Width", port.Shape[2], $"Pixels in a row of <c>{name}</c>.");
        Constant("Channels", port.Shape[3], $"Values of a pixel of <c>{name}</c>, which lie together.");

        void Constant(string suffix, int value, string summary)
        {
            writer.Doc("summary", summary);
            writer.Line($"public const int {port.Pascal}{suffix} = {Literals.Number(value)};");
            writer.Line();
        }
    }

    private static void Labels(SourceWriter writer, ModelSpec model)
    {
        writer.Doc("summary", $"Names of the classes, by index in <c>{Literals.Xml(model.Outputs[0].Name)}</c>.");
        writer.Line("public static global::System.Collections.Generic.IReadOnlyList<string> Labels { get; } =");
        writer.Wrapped("    global::System.Array.AsReadOnly<string>([", [.. model.Labels.Select(Literals.Text)], "]);");
        writer.Line();
    }

    private static void Shared(SourceWriter writer, ModelSpec model)
    {
        writer.Doc("summary", "An instance for all to use, made at the first use.");
        writer.Line($"public static {model.ClassName} Shared => SharedHolder.Instance;");
        writer.Line();
        writer.Line("private static class SharedHolder");
        writer.Open();
        writer.Line($"public static readonly {model.ClassName} Instance = new();");
        writer.Close();
        writer.Line();
    }

    private static void Parallelism(SourceWriter writer)
    {
        writer.Doc("summary", "Threads that work on a call together: what was asked for, as far as there are processors.");
        writer.Doc("remarks", "They share large layers, and of several samples the samples. One call at a time has their help; others that come meanwhile run alone.");
        writer.Line("public int Parallelism => _memory.Parallelism;");
        writer.Line();
    }

    /// <summary>The overloads of one choice of input types.</summary>
    /// <param name="writer">The text.</param>
    /// <param name="model">The model.</param>
    /// <param name="pixels">Whether inputs that also take bytes take them here.</param>
    private static void Predict(SourceWriter writer, ModelSpec model, bool pixels)
    {
        string[] inputs = [.. model.Inputs.Select(port => $"global::System.ReadOnlySpan<{(TakesBytes(port, pixels) ? "byte" : port.Element)}> {port.Camel}")];
        string[] names = [.. model.Inputs.Select(port => port.Camel)];
        IntoSpans(writer, model, pixels, inputs);
        IntoSpansOfSamples(writer, model, pixels, inputs);
        IntoArrays(writer, model, pixels, inputs, names);
        if (model.HasTop) Top(writer, model, pixels, inputs, names);
    }

    private static void IntoSpans(SourceWriter writer, ModelSpec model, bool pixels, string[] inputs)
    {
        writer.Doc("summary", "Runs the network. Allocates nothing.");
        InputDocumentation(writer, model, pixels);
        foreach (PortSpec port in model.Outputs) writer.Doc($"param name=\"{Bare(port)}\"", "Receives " + Description(port, port.Type));
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length.</exception>");
        string[] outputs = [.. model.Outputs.Select(port => $"global::System.Span<{port.Element}> {port.Camel}")];
        writer.Wrapped("public void Predict(", [.. inputs, .. outputs], ")");
        writer.Open();
        foreach (PortSpec port in model.Inputs) CheckLength(writer, port, InputType(port, pixels));
        foreach (PortSpec port in model.Outputs) CheckLength(writer, port, port.Type);
        writer.Wrapped("Run(", [.. RunArguments(model), .. model.Outputs.Select(port => port.Camel)], ");");
        writer.Close();
        writer.Line();
    }

    private static void IntoSpansOfSamples(SourceWriter writer, ModelSpec model, bool pixels, string[] inputs)
    {
        writer.Doc("summary", "Runs the network on several samples, which lie one after the other. Allocates nothing.");
        foreach (PortSpec port in model.Inputs) writer.Doc($"param name=\"{Bare(port)}\"", "For each sample " + Description(port, InputType(port, pixels)));
        foreach (PortSpec port in model.Outputs) writer.Doc($"param name=\"{Bare(port)}\"", "Receives for each sample " + Description(port, port.Type));
        writer.Doc("param name=\"samples\"", "Number of samples.");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length, or the number is negative.</exception>");
        string[] outputs = [.. model.Outputs.Select(port => $"global::System.Span<{port.Element}> {port.Camel}")];
        writer.Wrapped("public void Predict(", [.. inputs, .. outputs, "int samples"], ")");
        writer.Open();
        foreach (PortSpec port in model.Inputs) CheckLength(writer, port, InputType(port, pixels), "samples, ");
        foreach (PortSpec port in model.Outputs) CheckLength(writer, port, port.Type, "samples, ");
        writer.Wrapped("Run(", [.. RunArguments(model), .. model.Outputs.Select(port => port.Camel), "samples"], ");");
        writer.Close();
        writer.Line();
    }

    private static IEnumerable<string> RunArguments(ModelSpec model)
    {
        for (int i = 0; i < model.Inputs.Count; i++)
        {
            yield return model.Inputs[i].Camel;
            foreach (LayerSpec layer in ModelEmitter.PixelEntries(model, i)) yield return layer.Field;
        }
    }

    private static void CheckLength(SourceWriter writer, PortSpec port, string type, string samples = "")
    {
        string shape = Literals.Text(Literals.Shape(type, port.Shape));
        writer.Line($"global::ModelBuild.Kernels.SpanLength.Require({port.Camel}.Length, {port.Pascal}Length, {samples}{shape}, nameof({port.Camel}));");
    }

    private static void IntoArrays(SourceWriter writer, ModelSpec model, bool pixels, string[] inputs, string[] names)
    {
        bool single = model.Outputs.Count == 1;
        writer.Doc("summary", "Runs the network.");
        InputDocumentation(writer, model, pixels);
        writer.Doc("returns", single ? "New array: " + Description(model.Outputs[0], model.Outputs[0].Type) : "The outputs, in new arrays.");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length.</exception>");
        writer.Wrapped($"public {(single ? model.Outputs[0].Element + "[]" : "Prediction")} Predict(", inputs, ")");
        writer.Open();
        string[] arrays = [.. model.Outputs.Select(port => port.Camel)];
        foreach (PortSpec port in model.Outputs) writer.Line($"{port.Element}[] {port.Camel} = new {port.Element}[{port.Pascal}Length];");
        writer.Wrapped("Predict(", [.. names, .. arrays], ");");
        writer.Line(single ? $"return {arrays[0]};" : $"return new Prediction({string.Join(", ", arrays)});");
        writer.Close();
        writer.Line();
        if (!single && !pixels) PredictionType(writer, model);
    }

    private static void PredictionType(SourceWriter writer, ModelSpec model)
    {
        writer.Doc("summary", "What a call gives.");
        foreach (PortSpec port in model.Outputs) writer.Doc($"param name=\"{port.Pascal}\"", Description(port, port.Type));
        writer.Wrapped("public readonly record struct Prediction(", [.. model.Outputs.Select(port => $"{port.Element}[] {port.Pascal}")], ");");
        writer.Line();
    }

    private static void Top(SourceWriter writer, ModelSpec model, bool pixels, string[] inputs, string[] names)
    {
        PortSpec output = model.Outputs[0];
        writer.Doc("summary", "Runs the network and names the classes with the greatest scores.");
        InputDocumentation(writer, model, pixels);
        writer.Doc("param name=\"count\"", $"How many classes, 1 to {Literals.Number(output.Length)}.");
        writer.Doc("returns", $"Label, index and score in <c>{Literals.Xml(output.Name)}</c>, the greatest first.");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">A span has another length.</exception>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\"><paramref name=\"count\"/> is less than 1 or more than there are classes.</exception>");
        const string Tuple = "(string Label, int Index, float Score)";
        writer.Wrapped($"public global::System.Collections.Generic.IReadOnlyList<{Tuple}> Top(", [.. inputs, "int count"], ")");
        writer.Open();
        writer.Line($"float[] scores = Predict({string.Join(", ", names)});");
        writer.Line("return global::System.Array.ConvertAll(");
        writer.Line("    global::ModelBuild.Kernels.TopScores.Indices(scores, count), index => (Labels[index], index, scores[index]));");
        writer.Close();
        writer.Line();
    }

    private static void InputDocumentation(SourceWriter writer, ModelSpec model, bool pixels)
    {
        foreach (PortSpec port in model.Inputs)
        {
            string bytes = TakesBytes(port, pixels) ? " Bytes are preprocessed as the model was told when it was built." : "";
            writer.Doc($"param name=\"{Bare(port)}\"", Description(port, InputType(port, pixels)) + bytes);
        }
    }

    private static string Description(PortSpec port, string type)
    {
        string layout = port.IsImage ? ", row by row, the channels of a pixel together" : "";
        string remarks = port.Remarks.Length == 0 ? "" : " " + Literals.Xml(port.Remarks);
        string elements = port.Length == 1 ? "1 element" : Literals.Number(port.Length) + " elements";
        return $"{Literals.Shape(type, port.Shape)}, {elements}{layout}.{remarks}";
    }

    private static string InputType(PortSpec port, bool pixels) => TakesBytes(port, pixels) ? "byte" : port.Type;

    private static bool TakesBytes(PortSpec port, bool pixels) => pixels && port.TakesPixels;

    // The name as documentation and messages have it.
    private static string Bare(PortSpec port) => port.Camel.TrimStart('@');
}
