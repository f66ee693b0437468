namespace ModelBuild.Package.Tests;

[Collection(PackageCollection.Name)]
public class DeterminismTests(Package package)
{
    private const string Emit = "<EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>";

    [Fact]
    public void Neither_time_nor_place_nor_culture_changes_a_byte()
    {
        Consumer consumer = package.Consumer().Project("Same", Programs.Sum("Same"), Emit);
        consumer.Dotnet("restore", "Same").Succeeded();
        IReadOnlyDictionary<string, byte[]> first = Build(consumer, "C.UTF-8");
        Assert.Contains(first.Keys, file => file.EndsWith("digits.plan", StringComparison.Ordinal));
        Assert.Contains(first.Keys, file => file.EndsWith("digits.weights", StringComparison.Ordinal));
        Assert.Contains(first.Keys, file => file.EndsWith("Same.Digits.g.cs", StringComparison.Ordinal));
        AssertSame(first, Build(consumer, "C.UTF-8"));

        Consumer elsewhere = package.Consumer("Größe & ığ 目录").Project("Same", Programs.Sum("Same"), Emit);
        elsewhere.Dotnet("restore", "Same").Succeeded();
        foreach (string culture in new[] { "tr_TR.UTF-8", "de_DE.UTF-8" }) AssertSame(first, Build(elsewhere, culture));
        Assert.Equal("sum 1.00\n", elsewhere.Run("Same/bin/Debug/net10.0/Same").Succeeded().Output);
    }

    private static IReadOnlyDictionary<string, byte[]> Build(Consumer consumer, string culture)
    {
        foreach (string file in consumer.Intermediate("Same").Keys) File.Delete(Path.Combine(consumer.Folder, "Same/obj", file));
        (string, string)[] environment = [("LC_ALL", culture), ("LANG", culture)];
        string output = consumer.Dotnet(environment, "build", "Same", "--no-restore", "--no-incremental").Succeeded().Output;
        Assert.Contains("digits.pb -> Digits", output, StringComparison.Ordinal);
        return consumer.Intermediate("Same");
    }

    private static void AssertSame(IReadOnlyDictionary<string, byte[]> expected, IReadOnlyDictionary<string, byte[]> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, file => Assert.True(file.Value.AsSpan().SequenceEqual(actual[file.Key]), file.Key));
    }
}
