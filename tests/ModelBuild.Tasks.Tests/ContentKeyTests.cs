using ModelBuild.Compiler;

namespace ModelBuild.Tasks.Tests;

/// <summary>What makes a model be compiled again, and what does not.</summary>
public sealed class ContentKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ModelOptions _options;
    private readonly string _before;

    public ContentKeyTests()
    {
        _options = new ModelOptions
        {
            ModelPath = _folder.Write("model.pb", "model"), CalibrationData = Path.Combine(_folder.Path, "images"),
            Labels = _folder.Write("labels.txt", "a\nb"), Preprocess = "ZeroToOne",
        };
        _folder.Write("images/1/a.png", "first");
        _folder.Write("images/2/b.png", "second");
        _before = ContentKey.Of(_options);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Neither_time_nor_place_matters()
    {
        File.SetLastWriteTimeUtc(_options.ModelPath, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(_before, ContentKey.Of(_options));

        using TemporaryFolder elsewhere = new();
        ModelOptions moved = _options with
        {
            ModelPath = elsewhere.Write("model.pb", "model"), CalibrationData = Path.Combine(elsewhere.Path, "pictures"), Labels = elsewhere.Write("names.txt", "a\nb"),
        };
        elsewhere.Write("pictures/2/b.png", "second");
        elsewhere.Write("pictures/1/a.png", "first");
        Assert.Equal(_before, ContentKey.Of(moved));
    }

    [Theory]
    [InlineData("model.pb")]
    [InlineData("labels.txt")]
    [InlineData("images/1/a.png")]
    [InlineData("images/1/new.png")]
    public void Content_matters(string file)
    {
        _folder.Write(file, "changed");
        Assert.NotEqual(_before, ContentKey.Of(_options));
    }

    [Fact]
    public void The_place_of_an_image_in_its_folder_matters()
    {
        File.Move(Path.Combine(_folder.Path, "images/1/a.png"), Path.Combine(_folder.Path, "images/2/a.png"));
        Assert.NotEqual(_before, ContentKey.Of(_options));
    }

    [Fact]
    public void A_file_that_is_gone_matters()
    {
        File.Delete(_options.Labels!);
        Assert.NotEqual(_before, ContentKey.Of(_options));
    }

    [Theory]
    [InlineData("digits/saved_model.pb")]
    [InlineData("digits")]
    public void The_weights_of_a_SavedModel_matter(string model)
    {
        _folder.Write("digits/saved_model.pb", "graph");
        _folder.Write("digits/variables/variables.data-00000-of-00001", "weights");
        ModelOptions options = _options with { ModelPath = Path.Combine(_folder.Path, model) };
        string before = ContentKey.Of(options);
        _folder.Write("digits/variables/variables.data-00000-of-00001", "trained again");
        Assert.NotEqual(before, ContentKey.Of(options));
    }

    [Fact]
    public void Every_option_matters()
    {
        HashSet<string> keys = [_before];
        foreach (string name in ModelOptions.Names)
            Assert.True(keys.Add(ContentKey.Of(ModelOptions.From(_options.ModelPath, option => option == name ? "something" : null))), name);
    }
}
