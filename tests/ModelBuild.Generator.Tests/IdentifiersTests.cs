using CsCheck;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Parsing;

namespace ModelBuild.Generator.Tests;

/// <summary>Names in a graph as C# identifiers.</summary>
public class IdentifiersTests
{
    [Theory]
    [InlineData("image", "Image", "image")]
    [InlineData("block_1/relu6", "Block1Relu6", "block1Relu6")]
    [InlineData("RGB_image", "RGBImage", "rgbImage")]
    [InlineData("ID", "ID", "id")]
    [InlineData("MobilenetV2/Conv", "MobilenetV2Conv", "mobilenetV2Conv")]
    [InlineData("3x3", "N3x3", "n3x3")]
    [InlineData("größe", "Größe", "größe")]
    [InlineData("画像", "画像", "画像")]
    [InlineData("i", "I", "i")]
    [InlineData("", "Value", "value")]
    [InlineData("/:^", "Value", "value")]
    public void Words_are_joined(string name, string pascal, string camel)
    {
        Assert.Equal(pascal, Identifiers.Pascal(name));
        Assert.Equal(camel, Identifiers.Camel(name));
    }

    [Fact]
    public void Any_name_becomes_a_valid_identifier() => Gen.String.Sample(name =>
    {
        Assert.True(SyntaxFacts.IsValidIdentifier(Identifiers.Pascal(name)), name);
        Assert.True(SyntaxFacts.IsValidIdentifier(Identifiers.Camel(name)), name);
    });

    [Fact]
    public void Taken_names_are_numbered()
    {
        Identifiers scope = new("count");
        Assert.Equal(["a", "a2", "count2", "a3"], new[] { "a", "a", "count", "a" }.Select(name => scope.Take(name)));
    }

    [Fact]
    public void Derived_names_must_be_free_too()
    {
        Identifiers scope = new("ImageLength");
        Assert.Equal("Image2", scope.Take("Image", name => [name + "Length"]));
    }

    [Theory]
    [InlineData("class", "@class")]
    [InlineData("klass", "klass")]
    public void Keywords_are_escaped(string name, string escaped) => Assert.Equal(escaped, Identifiers.Escape(name));
}
