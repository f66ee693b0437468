using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Lists;
using ModelBuild.Compiler.Import.Proto;

namespace ModelBuild.Compiler.Import;

/// <summary>What all scopes of an import share.</summary>
/// <param name="functions">The library.</param>
/// <param name="support">Says what is missing where an operation is not supported.</param>
internal sealed class ImportSession(FunctionLibrary functions, SupportCheck support)
{
    // Each node takes microseconds: beyond this, calls and loops inside of each other multiply without end.
    private const int MostNodes = 1 << 18;

    public FunctionLibrary Functions => functions;

    /// <summary>What is known about the lists among the values.</summary>
    public ListTable Lists { get; } = new();

    /// <summary>Nodes imported so far, each time that they were.</summary>
    public int Nodes { get; private set; }

    /// <summary>Counts a node.</summary>
    /// <exception cref="ModelBuildException">There are too many.</exception>
    public void Count()
    {
        if (++Nodes > MostNodes)
            throw new ModelBuildException(DiagnosticCode.InvalidGraph,
                $"with its functions and loops written out, the graph has more than {MostNodes} nodes. Cut the graph with Inputs and Outputs, or export it with fewer rounds.");
    }

    /// <summary>The error for a node that cannot be imported.</summary>
    public ModelBuildException Unsupported(NodeDef node) => support.Error(node);
}
