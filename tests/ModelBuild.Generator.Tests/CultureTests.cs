using System.Globalization;

namespace ModelBuild.Generator.Tests;

/// <summary>The same bytes on every machine.</summary>
public class CultureTests
{
    [Fact]
    public void No_culture_changes_the_generated_text()
    {
        string expected = Harness.Source(SamplePlans.Tiny) + Harness.Source(SamplePlans.Names);
        CultureInfo hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        hostile.NumberFormat.NumberDecimalSeparator = ",";
        hostile.NumberFormat.NegativeSign = "\u2212";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = hostile;
            Assert.Equal(expected, Harness.Source(SamplePlans.Tiny) + Harness.Source(SamplePlans.Names));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
