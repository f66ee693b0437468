using System.Globalization;
using CsCheck;

namespace ModelBuild.Plan.Tests;

/// <summary>The text form: exact, the same in every culture, and strict.</summary>
public class PlanTextTests
{
    [Fact]
    public void What_is_written_is_read_back() => Plans.Any.Sample(plan =>
    {
        ModelPlan read = PlanReader.Read(PlanWriter.Write(plan));
        Assert.Equivalent(plan, read, strict: true);
    }, iter: 500);

    [Fact]
    public void Writing_again_gives_the_same_text() => Plans.Any.Sample(plan =>
    {
        string text = PlanWriter.Write(plan);
        Assert.Equal(text, PlanWriter.Write(PlanReader.Read(text)));
    }, iter: 500);

    [Fact]
    public void What_lines_above_have_said_is_left_out() => Assert.Equal(
        """
        modelbuild-plan 2
        source small.pb
        class A.B Small public
        blob ModelBuild.Small 16
        arena 128
        remark Says "hello".
        label no
        label yes
        input image float[1,2,2,1] pixels # 0 to 1.
        output probs float[1,2] # Sum to 1.
        constant table $float[2]:8:Raw@8
        kind QuantizeImage *
        kind Twice output weights multipliers groups=1 # doubles
        image image 2x2x1 0 3,0,8 0.5,7
        entry 0 QuantizeImage = output=> scale=0.5f # u8
        Twice first < $sbyte[2,4]:8:Raw@0 [0.25,1]f
        array probs float[1,2] 64
        Twice = > $:8@8 [1E-07,1]f
        SoftmaxInt8 softmax 0.125f output=<

        """.ReplaceLineEndings("\n"), PlanWriter.Write(Plans.Sample));

    [Fact]
    public void The_kind_of_a_list_survives_its_being_empty()
    {
        PlanParameter[] parameters = [new("a", new PlanValue.Integers([])), new("b", new PlanValue.Singles([]))];
        ModelPlan plan = Plans.Sample with { Layers = [new("K", "n", PlanRole.Inner, 0, parameters, "")] };
        IReadOnlyList<PlanParameter> read = PlanReader.Read(PlanWriter.Write(plan)).Layers[0].Parameters;
        Assert.IsType<PlanValue.Integers>(read[0].Value);
        Assert.IsType<PlanValue.Singles>(read[1].Value);
    }

    [Fact]
    public void No_culture_changes_the_text()
    {
        string expected = PlanWriter.Write(Plans.Sample);
        // Worse than any real one, and there whether or not the machine has culture data.
        CultureInfo hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NegativeSign = "\u2212";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal(expected, PlanWriter.Write(PlanReader.Read(expected)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("arena 128", "arena many", "many")]
    [InlineData("arena 128", "arena -1", "not negative")]
    [InlineData("arena 128", "arena 128 7", "unexpected")]
    [InlineData("arena 128", "arena", "missing")]
    [InlineData("arena 128", "lake 128", "unknown keyword")]
    [InlineData("source small.pb", "source \"small.pb", "closing quote")]
    [InlineData("source small.pb", "source \"small.pb\\", "closing quote")]
    [InlineData("source small.pb", "source 'small.pb'", "quoted text")]
    [InlineData("Small public", "Small  public", "missing")]
    [InlineData("[1,2]", "[1,2", "closing bracket")]
    [InlineData("[1,2]", "[", "closing bracket")]
    [InlineData("[1,2]", "[1,x]", "no integer")]
    [InlineData("float[1,2,2,1]", "float", "list expected")]
    [InlineData("float[1,2,2,1]", "[1,2,2,1]", "no name")]
    [InlineData(" pixels ", " pictures ", "pixels expected")]
    [InlineData("# 0 to 1.", "#0 to 1.", "space is missing")]
    [InlineData("array probs", "array image", "second buffer \"image\"")]
    [InlineData("array probs", "array table", "second buffer \"table\"")]
    [InlineData("2x2x1", "2x2", "height, width and channels")]
    [InlineData("3,0,8", "3,0", "pitch, origin, size")]
    [InlineData("0.5,7", "0.5", "scale and zero point")]
    [InlineData("$float[2]:8:Raw@8", "$[2]:8:Raw@8", "without type")]
    [InlineData("$float[2]:8:Raw@8", "$float[2]:8@8", "without coding")]
    [InlineData("$float[2]:8:Raw@8", "$float[2]", "shape, bytes and coding")]
    [InlineData("$float[2]:8:Raw@8", "float[2]", "tensor expected")]
    [InlineData("$float[2]:8:Raw@8", "$", "tensor expected")]
    [InlineData("constant table $float[2]:8:Raw@8", "constant a $float[2]:8:Raw@2147483647\nconstant table $:8", "beyond 2 GB", 1)]
    [InlineData("weights multipliers", "weights weights", "second parameter weights")]
    [InlineData("kind Twice", "kind Twice<", "no kind of layer")]
    [InlineData("kind Twice", "kind Once", "value without name", 3)]
    [InlineData("scale=0.5f", "scale=0.5.5f", "no number")]
    [InlineData("scale=0.5f", "scale=", "value is missing")]
    [InlineData("scale=0.5f", "scale", "value without name")]
    [InlineData("output=> scale", "output=< scale", "layer above has no output")]
    [InlineData("Twice first", "Twice =", "no buffer stands between")]
    [InlineData("softmax 0.125f output=<", "softmax 0.125f", "no buffer stands between")]
    [InlineData(" [0.25,1]f", "", "value for multipliers is missing")]
    [InlineData(" [0.25,1]f", " [0.25,1]f 3", "value too many")]
    [InlineData(" [0.25,1]f", " [0.25,1]f groups=1 groups=1", "unexpected argument groups")]
    [InlineData(" [0.25,1]f", " [0.25,1]f input=<", "unexpected argument input")]
    public void Malformed_lines_are_named(string good, string bad, string complaint, int after = 0)
    {
        string[] lines = PlanWriter.Write(Plans.Sample).Split('\n');
        int line = Array.FindIndex(lines, candidate => candidate.Contains(good, StringComparison.Ordinal));
        lines[line] = lines[line].Replace(good, bad, StringComparison.Ordinal);
        FormatException error = Assert.Throws<FormatException>(() => PlanReader.Read(string.Join('\n', lines)));
        Assert.StartsWith($"Plan line {line + 1 + after}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("modelbuild-plan 1\n")]
    [InlineData("modelbuild-plan 2\n")]
    public void Texts_that_are_no_plan_are_refused(string text) => Assert.Throws<FormatException>(() => PlanReader.Read(text));

    [Theory]
    [InlineData("DenseInt8", "DenseInt8")]
    [InlineData("Fill<Half>", "Fill", "Half")]
    [InlineData("Gather<float,int>", "Gather", "float", "int")]
    public void Kinds_are_taken_apart(string kind, string name, params string[] arguments)
    {
        PlanKind parsed = PlanKind.Parse(kind);
        Assert.Equal(name, parsed.Class);
        Assert.Equal(arguments, parsed.TypeArguments);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Fill<")]
    [InlineData("Fill<>")]
    [InlineData("Fill<float")]
    [InlineData("Fill<float,>")]
    [InlineData("Fill<List<int>>")]
    [InlineData("<float>")]
    [InlineData("1st")]
    [InlineData("Fill<float>()")]
    public void Kinds_that_are_none_are_refused(string kind) => Assert.Throws<FormatException>(() => PlanKind.Parse(kind));

    [Fact]
    public void No_damage_causes_anything_but_a_FormatException()
    {
        string text = PlanWriter.Write(Plans.Sample);
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char["\"\\@$[]=<>#:,xf -\n0A"]).Sample((at, c) =>
        {
            try
            {
                PlanReader.Read(text[..at] + c + text[(at + 1)..]);
                PlanReader.Read(text[..at]);
            }
            catch (FormatException)
            {
            }
        }, iter: 5000);
    }

    [Fact]
    public void Damage_of_any_plan_is_told_by_its_line() => Gen.Select(Plans.Any, Gen.Int[0, 1 << 20], Gen.Int[0, 1 << 20]).Sample((plan, first, second) =>
    {
        string[] lines = PlanWriter.Write(plan).Split('\n');
        (int i, int j) = (1 + first % (lines.Length - 1), 1 + second % (lines.Length - 1));
        (lines[i], lines[j]) = (lines[j], lines[i]);
        try
        {
            PlanReader.Read(string.Join('\n', lines));
        }
        catch (FormatException error)
        {
            Assert.StartsWith("Plan line ", error.Message, StringComparison.Ordinal);
        }
    }, iter: 1000);

    [Fact]
    public void Windows_line_ends_are_read_too() =>
        Assert.Equivalent(Plans.Sample, PlanReader.Read(PlanWriter.Write(Plans.Sample).Replace("\n", "\r\n", StringComparison.Ordinal)), strict: true);
}
