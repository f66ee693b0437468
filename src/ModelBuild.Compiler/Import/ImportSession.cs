using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Functions;
using ModelBuild.Compiler.Import.Lists;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Passes;

namespace ModelBuild.Compiler.Import;

/// <summary>What all scopes of an import share.</summary>
/// <param name="functions">The library.</param>
/// <param name="mostRounds">Rounds up to which a loop is written out.</param>
/// <param name="support">Says what is missing where an operation is not supported.</param>
/// <param name="decoded">Takes the place of decoders of files; null where the graph decodes them.</param>
internal sealed class ImportSession(FunctionLibrary functions, int mostRounds, SupportCheck support, DecodedInputs? decoded = null)
{
    // Each node takes microseconds: beyond this, calls and loops inside of each other multiply without end.
    private const int MostNodes = 1 << 18;

    public FunctionLibrary Functions => functions;

    /// <summary>Rounds up to which a loop is written out.</summary>
    public int MostRounds => mostRounds;

    // Rounds of a loop share the constants of its body.
    private readonly Dictionary<TensorProto, Tensor> _constants = new(ReferenceEqualityComparer.Instance);

    /// <summary>Takes the place of decoders of files; null where the graph decodes them.</summary>
    public DecodedInputs? Decoded => decoded;

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
                $"with its functions and loops written out, the graph has more than {MostNodes} nodes. "
                + "Cut the graph with Inputs and Outputs, or export it with fewer rounds.");
    }

    /// <summary>The constant that a node holds.</summary>
    /// <param name="proto">As the file has it.</param>
    /// <param name="budget">Pays for elements that the file does not hold one by one.</param>
    /// <exception cref="ModelBuildException">It contradicts itself or is too large.</exception>
    public Tensor Constant(TensorProto proto, FoldingBudget budget)
    {
        if (_constants.TryGetValue(proto, out Tensor? known)) return known;
        Shape shape = ShapeReader.Read(proto.TensorShape);
        if (proto.TensorContent.IsEmpty && shape.IsStatic && !budget.TryTake(Inference.Product(shape.Dimensions)))
            throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"a constant {shape} of a repeated value takes too much memory.");
        Tensor tensor = TensorReader.Read(proto);
        _constants.Add(proto, tensor);
        return tensor;
    }

    /// <summary>The error for a node that cannot be imported.</summary>
    public ModelBuildException Unsupported(NodeDef node) => support.Error(node);
}
