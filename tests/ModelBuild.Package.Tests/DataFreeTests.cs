namespace ModelBuild.Package.Tests;

/// <summary>Models that are quantised without calibration data.</summary>
[Collection(PackageCollection.Name)]
public class DataFreeTests(Package package)
{
    [Fact]
    public void Ranges_come_from_batch_norms_where_static_ones_are_asked_for()
    {
        const string Items = """
            <ModelReference Include="digits.pb" Quantize="Static" Preprocess="ZeroToOne" />
            <ModelReference Include="digits_tf1.pb" ClassName="OldDigits" Quantize="Static" Preprocess="ZeroToOne" />
            """;
        Consumer consumer = package.Consumer().Project("Free", Programs.Agreement("Free.Digits", "Free.OldDigits"), items: Items);
        string build = consumer.Dotnet("build", "Free").Succeeded().Output;
        Assert.Matches(@"digits\.pb -> Digits: .*, int8, ranges from batch norms, ", build);
        Assert.Matches(@"digits_tf1\.pb -> OldDigits: .*, int8, ranges from batch norms, ", build);
        Assert.Matches("^59[67] of 597 agree\n$", consumer.Run("Free/bin/Debug/net10.0/Free", "Free").Succeeded().Output);
    }

    [Fact]
    public void What_is_searched_for_on_data_needs_some()
    {
        const string Items = """<ModelReference Include="digits.pb" Quantize="Static" Optimize="Size" />""";
        CommandResult build = package.Consumer().Project("Small", "", items: Items).Dotnet("build", "Small").Failed();
        Assert.Matches(@"digits\.pb : error MB6001: Optimize=""Size"" needs CalibrationData", build.Output);
    }
}
