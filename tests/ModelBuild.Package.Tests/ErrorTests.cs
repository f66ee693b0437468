using System.Runtime.InteropServices;

namespace ModelBuild.Package.Tests;

/// <summary>Mistakes as users see them: one line with the file, a code, and what to do.</summary>
[Collection(PackageCollection.Name)]
public class ErrorTests(Package package)
{
    [Fact]
    public void Models_that_cannot_be_compiled_are_all_reported_by_one_build()
    {
        byte[] digits = File.ReadAllBytes(Path.Combine(Package.Digits, "digits.pb"));
        byte[] placeholder = GraphFile.Placeholder("x", 1, 4);
        byte[] relu = GraphFile.Node("y", "Relu", "x");
        (string File, byte[] Content, string Code, string[] Says)[] cases =
        [
            ("text.pb", "Not a graph, but a text that somebody wrote."u8.ToArray(), "MB1002", []),
            ("truncated.pb", digits[..(digits.Length / 2)], "MB1003", []),
            ("saved_model.pb", GraphFile.SavedModel(GraphFile.Graph(placeholder, relu)), "MB1004", ["SavedModel"]),
            ("model.h5", [0x89, .. "HDF\r\n\x1a\n"u8, .. new byte[64]], "MB1003", ["HDF5"]),
            ("unfrozen.pb", GraphFile.Graph(placeholder, GraphFile.Variable("kernel"), GraphFile.Node("read", "ReadVariableOp", "kernel"), GraphFile.Node("y", "MatMul", "x", "read")), "MB1005", ["kernel"]),
            ("unsupported.pb", GraphFile.Graph(placeholder, GraphFile.Node("first", "Bogus", "x"), GraphFile.Node("second", "Fantasy", "first")), "MB1006", ["Bogus", "first", "Fantasy", "second"]),
            ("outputs.pb", GraphFile.Graph(placeholder, relu), "MB1007", ["absent"]),
        ];
        string items = string.Concat(cases.Select(model => $"""<ModelReference Include="{model.File}" {(model.File == "outputs.pb" ? "Outputs=\"absent\"" : "")} />"""))
            + """<ModelReference Include="missing.pb" />""";
        Consumer consumer = package.Consumer().Project("Bad", "", items: items);
        foreach ((string file, byte[] content, _, _) in cases) File.WriteAllBytes(Path.Combine(consumer.Folder, "Bad", file), content);

        string[] errors = Errors(consumer.Dotnet("build", "Bad").Failed());
        foreach ((string file, _, string code, string[] says) in cases) AssertReported(errors, file, code, says);
        AssertReported(errors, "missing.pb", "MB1001", []);
    }

    [Fact]
    public void Data_that_do_not_fit_are_all_reported_by_one_build()
    {
        byte[] image = new byte[8 * 8 * sizeof(float)], holes = new byte[image.Length];
        MemoryMarshal.Cast<byte, float>(holes.AsSpan())[5] = float.NaN;
        (string File, byte[] Content, string Code)[] cases =
        [
            ("shape.npy", NpyFile.Of("<f4", "(1, 4, 16, 1)", image), "MB2002"),
            ("type.npy", NpyFile.Of("<c8", "(1, 8, 4, 1)", image), "MB2002"),
            ("nan.npy", NpyFile.Of("<f4", "(1, 8, 8, 1)", holes), "MB2003"),
            ("text.npy", "No array."u8.ToArray(), "MB2001"),
        ];
        string items = string.Concat(cases.Select(data => $"""<ModelReference Include="digits.pb" CalibrationData="{data.File}" />"""))
            + """<ModelReference Include="digits.pb" CalibrationData="missing.npy" />""";
        Consumer consumer = package.Consumer().Project("Data", "", items: items);
        foreach ((string file, byte[] content, _) in cases) File.WriteAllBytes(Path.Combine(consumer.Folder, "Data", file), content);

        string[] errors = Errors(consumer.Dotnet("build", "Data").Failed());
        foreach ((string file, _, string code) in cases) AssertReported(errors, file, code, []);
        AssertReported(errors, "missing.npy", "MB2001", []);
    }

    [Fact]
    public void Options_that_do_not_exist_are_named()
    {
        const string Items = """
            <ModelReference Include="digits.pb" Quantize="Sometimes" />
            <ModelReference Include="digits_tf1.pb" Preprocess="Blur" Colour="green" />
            """;
        CommandResult build = package.Consumer().Project("Options", "", items: Items).Dotnet("build", "Options").Failed();
        string[] errors = Errors(build);
        AssertReported(errors, "digits.pb", "MB6001", ["Sometimes", "Static"]);
        AssertReported(errors, "digits_tf1.pb", "MB6001", ["Blur", "ZeroToOne"]);
        Assert.Matches(@"digits_tf1\.pb : warning MB6001: .*Colour.*CalibrationData", build.Output);
    }

    [Fact]
    public void An_older_framework_is_refused()
    {
        Consumer consumer = package.Consumer().Project("Old", "", framework: "net9.0");
        // Restored and compiled against reference assemblies that need not be installed, were it not refused.
        AssertReported(Errors(consumer.Dotnet("build", "Old").Failed()), "Old.csproj", "MB6002", ["net9.0", "net10.0"]);
    }

    [Fact]
    public void Two_models_of_one_class_are_refused()
    {
        const string Items = """
            <ModelReference Include="digits.pb" CalibrationData="calibration.npy" />
            <ModelReference Include="digits_tf1.pb" CalibrationData="calibration.npy" ClassName="Digits" />
            """;
        string[] errors = Errors(package.Consumer().Project("Twice", "", items: Items).Dotnet("build", "Twice").Failed());
        AssertReported(errors, "digits_tf1.plan", "MB5002", ["digits.pb and digits_tf1.pb", "ClassName"]);
    }

    [Fact]
    public void A_budget_that_is_exceeded_fails_the_build()
    {
        // Calibrated on a black image, it sees nothing else.
        const string Items = """<ModelReference Include="digits.pb" CalibrationData="black.npy" ValidationData="test.npy" ValidationLabels="test_labels.npy" MaxDrop="1" />""";
        Consumer consumer = package.Consumer().Project("Budget", "", items: Items);
        File.WriteAllBytes(Path.Combine(consumer.Folder, "Budget/black.npy"), NpyFile.Of("<f4", "(1, 8, 8, 1)", new byte[8 * 8 * sizeof(float)]));
        AssertReported(Errors(consumer.Dotnet("build", "Budget").Failed()), "digits.pb", "MB4001", ["MaxDrop"]);
    }

    [Fact]
    public void A_model_larger_than_allowed_fails_the_build_with_what_was_tried()
    {
        const string Items = """<ModelReference Include="digits.pb" CalibrationData="calibration.npy" Preprocess="ZeroToOne" MaxSize="1KB" />""";
        Consumer consumer = package.Consumer().Project("Large", "", items: Items);
        const string Page = "obj/Debug/net10.0/ModelBuild/digits.report.html";
        AssertReported(Errors(consumer.Dotnet("build", "Large").Failed()), "digits.pb", "MB4002", ["MaxSize", "1,000", "best of 9", Page]);
        Assert.Contains("<h2>What was tried</h2>", File.ReadAllText(Path.Combine(consumer.Folder, "Large", Page)), StringComparison.Ordinal);
    }

    private static string[] Errors(CommandResult result) =>
        [.. result.Output.Split('\n').Where(line => line.Contains("error ", StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];

    private static void AssertReported(string[] errors, string file, string code, string[] says)
    {
        string[] needed = [file, $"error {code}: ", .. says];
        Assert.True(errors.Any(line => needed.All(part => line.Contains(part, StringComparison.Ordinal))),
            $"No error line with {string.Join(" and ", needed)} among\n{string.Join("\n", errors)}");
        Assert.DoesNotContain(errors, line => line.Contains("   at ", StringComparison.Ordinal));
    }
}
