using ModelBuild.Compiler.Lowering;

namespace ModelBuild.Compiler.Tests.Lowering;

public class PlanNamesTests
{
    [Theory]
    [InlineData("net/stem/Conv2D net/stem/Relu6/phases input", "stem stem/phases input")]
    [InlineData("net/a/Conv2D net/b/dense/BiasAdd net/b/dense/Softmax", "a b/dense/BiasAdd b/dense/Softmax")]
    [InlineData("net/input input", "net/input input")]
    [InlineData("net/Relu net/side/Relu", "net net/side")]
    [InlineData("x/add x", "x/add x")]
    [InlineData("n/a/Relu n/a n/a/Add/b n/a/b/Relu", "a/Relu n/a a/Add/b a/b/Relu")]
    [InlineData("a/ a//b /c", "a/ a//b /c")]
    [InlineData("only", "only")]
    public void What_tells_nothing_is_left_out_where_names_stay_different(string names, string expected) =>
        Assert.Equal(expected, string.Join(' ', names.Split(' ').Select(name => PlanNames.Shorten(names.Split(' '))[name])));
}
