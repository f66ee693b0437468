using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ModelBuild.Generator.Specs;

/// <summary>A diagnostic as plain data.</summary>
/// <param name="Code">"MB" and four digits; the codes of ModelBuild.Compiler's DiagnosticCode.</param>
/// <param name="Title">The kind of mistake.</param>
/// <param name="Message">What, where, why, what to do.</param>
/// <param name="File">The file at fault.</param>
internal sealed record DiagnosticSpec(string Code, string Title, string Message, string File)
{
    public static DiagnosticSpec InvalidName(string message, string file) => new("MB5001", "Invalid name", message, file);

    public static DiagnosticSpec DuplicateName(string message, string file) => new("MB5002", "Duplicate name", message, file);

    public static DiagnosticSpec TargetTooOld(string message, string file) => new("MB6002", "Target too old", message, file);

    public static DiagnosticSpec PlanUnreadable(string message, string file) => new("MB6003", "Unreadable plan", message, file);

    public Diagnostic ToDiagnostic()
    {
        DiagnosticDescriptor descriptor = new(Code, Title, "{0}", "ModelBuild", DiagnosticSeverity.Error, isEnabledByDefault: true);
        return Diagnostic.Create(descriptor, Location.Create(File, default, default(LinePositionSpan)), Message);
    }
}
