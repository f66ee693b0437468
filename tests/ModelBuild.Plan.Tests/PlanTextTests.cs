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
    [InlineData("source \"small.pb\"", "source \"small.pb", "closing quote")]
    [InlineData("source \"small.pb\"", "source \"small.pb\\", "closing quote")]
    [InlineData("source \"small.pb\"", "source small.pb", "quoted text")]
    [InlineData("[2,4]", "[2,4", "closing bracket")]
    [InlineData("[2,4]", "[", "closing bracket")]
    [InlineData("[2,4]", "[2,x]", "no integer")]
    [InlineData(" true ", " maybe ", "true or false")]
    [InlineData("scale=0.5f", "scale=0.5.5f", "no number")]
    [InlineData("scale=0.5f", "scale=", "value is missing")]
    [InlineData("scale=0.5f", "scale", "parameter without value")]
    public void Malformed_lines_are_named(string good, string bad, string complaint)
    {
        string[] lines = PlanWriter.Write(Plans.Sample).Split('\n');
        int line = Array.FindIndex(lines, candidate => candidate.Contains(good, StringComparison.Ordinal));
        lines[line] = lines[line].Replace(good, bad, StringComparison.Ordinal);
        FormatException error = Assert.Throws<FormatException>(() => PlanReader.Read(string.Join('\n', lines)));
        Assert.StartsWith($"Plan line {line + 1}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("modelbuild-plan 2\n")]
    [InlineData("modelbuild-plan 1\n")]
    public void Texts_that_are_no_plan_are_refused(string text) => Assert.Throws<FormatException>(() => PlanReader.Read(text));

    [Fact]
    public void Two_buffers_of_one_name_are_refused()
    {
        ModelPlan plan = Plans.Sample with { Buffers = [Plans.Sample.Buffers[0], Plans.Sample.Buffers[0]] };
        Assert.Contains("\"image\"", Assert.Throws<FormatException>(() => PlanReader.Read(PlanWriter.Write(plan))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_with_the_name_of_a_buffer_is_refused()
    {
        ModelPlan plan = Plans.Sample with { Constants = [new("probs", "w", "")] };
        Assert.Contains("\"probs\"", Assert.Throws<FormatException>(() => PlanReader.Read(PlanWriter.Write(plan))).Message, StringComparison.Ordinal);
    }

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
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char["\"\\@$[]=f -\n0"]).Sample((at, c) =>
        {
            try
            {
                PlanReader.Read(text[..at] + c + text[(at + 1)..]);
                PlanReader.Read(text[..at]);
            }
            catch (FormatException)
            {
            }
        }, iter: 2000);
    }

    [Fact]
    public void Windows_line_ends_are_read_too() =>
        Assert.Equivalent(Plans.Sample, PlanReader.Read(PlanWriter.Write(Plans.Sample).Replace("\n", "\r\n", StringComparison.Ordinal)), strict: true);
}
