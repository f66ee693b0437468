using ModelBuild.Compiler.Diagnostics;

namespace ModelBuild.Compiler.Tests.Data;

/// <summary>Asserts about what users are told.</summary>
internal static class Errors
{
    /// <summary>The action fails with the code, and the message holds all of the texts.</summary>
    public static ModelBuildException Assert(DiagnosticCode code, Action action, params string[] says)
    {
        ModelBuildException error = Xunit.Assert.Throws<ModelBuildException>(action);
        Xunit.Assert.True(error.Code == code, $"{error.Code}: {error.Message}");
        foreach (string text in says) Xunit.Assert.Contains(text, error.Message, StringComparison.Ordinal);
        return error;
    }

    /// <summary><see cref="Assert"/> of MB2001.</summary>
    public static ModelBuildException Unreadable(Action action, params string[] says) =>
        Assert(DiagnosticCode.DataUnreadable, action, says);

    /// <summary><see cref="Assert"/> of MB2002.</summary>
    public static ModelBuildException Mismatch(Action action, params string[] says) =>
        Assert(DiagnosticCode.DataMismatch, action, says);
}
