using ModelBuild.Compiler;

namespace ModelBuild.Cli.Tests;

public class SpellingTests
{
    [Theory]
    [InlineData("--CalibrationData", "--calibration-data")]
    [InlineData("--Quantize=None", "--quantize=None")]
    [InlineData("--Unknown", "--Unknown")]
    [InlineData("Quantize", "Quantize")]
    public void MetadataNamesAreOptions(string argument, string option) => Assert.Equal(option, ModelArguments.Spelling(argument));

    [Fact]
    public void EveryOptionIsExplained()
    {
        string help = Tool.Run("compress", "--help").Output;

        foreach (string name in ModelOptions.Names)
            Assert.Matches($@"{ModelArguments.Spelling("--" + name)} <\w+> +(?!As the metadata)", help);
    }
}
