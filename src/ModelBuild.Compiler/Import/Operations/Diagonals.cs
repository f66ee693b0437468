using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports what reads and writes the diagonals of matrices.</summary>
internal static class DiagonalsImport
{
    private static readonly DiagonalAlignment Left = new(true, true);

    /// <summary>MatrixDiag: the main diagonals of square matrices.</summary>
    public static Value Square(ImportContext context) => context.Add(new MatrixDiag(Left), Square(context, context[0]));

    /// <summary>MatrixDiagV2 and V3: diagonals, which, rows, columns, padding.</summary>
    public static Value Matrix(ImportContext context) =>
        context.Add(new MatrixDiag(Alignment(context)), context[0], context[1], context[2], context[3], context[4]);

    /// <summary>MatrixDiagPart: the main diagonals.</summary>
    public static Value MainPart(ImportContext context) => context.Add(new MatrixDiagPart(Left), context[0], context.Scalar(0), Zero(context));

    /// <summary>MatrixDiagPartV2 and V3: x, which, padding.</summary>
    public static Value Part(ImportContext context) => context.Add(new MatrixDiagPart(Alignment(context)), context[0], context[1], context[2]);

    /// <summary>MatrixSetDiag: x, main diagonals.</summary>
    public static Value MainSet(ImportContext context) => context.Add(new MatrixSetDiag(Left), context[0], context[1], context.Scalar(0));

    /// <summary>MatrixSetDiagV2 and V3: x, diagonals, which.</summary>
    public static Value Set(ImportContext context) => context.Add(new MatrixSetDiag(Alignment(context)), context[0], context[1], context[2]);

    /// <summary>Diag: the elements of an array of any rank on the diagonal of one of twice the rank.</summary>
    public static Value Array(ImportContext context)
    {
        Value shape = context.ShapeOf(context[0]);
        Value row = context.AddStep("row", new Reshape(), context[0], context.Constant(-1));
        Value matrix = context.AddStep("matrix", new MatrixDiag(Left), Square(context, row));
        return context.Add(new Reshape(), matrix, context.AddStep("shape", new Concat(0), shape, shape));
    }

    /// <summary>DiagPart: the diagonal of an array whose first half of dimensions is as the second.</summary>
    public static Value ArrayPart(ImportContext context)
    {
        Shape x = context[0].Shape;
        if (!x.HasRank) throw context.Unsupported("the rank of the input is not known.");
        int rank = x.Rank / 2;
        Inference.Require(rank > 0 && x.Rank == 2 * rank, $"the shape {x} has no two equal halves.");
        for (int axis = 0; axis < rank; axis++) Inference.Merge(x[axis], x[rank + axis], $"dimensions of the two halves of {x}");
        Value shape = context.AddStep("shape", new Slice(), context.ShapeOf(context[0]), context.Constant(0), context.Constant(rank));
        Value count = context.AddStep("count", new Reduce(ReduceKind.Product, true), shape, context.Constant(0));
        Value matrix = context.AddStep("matrix", new Reshape(), context[0], context.AddStep("square", new Concat(0), count, count));
        Value row = context.AddStep("row", new MatrixDiagPart(Left), matrix, context.Scalar(0), Zero(context));
        return context.Add(new Reshape(), row, shape);
    }

    private static Value[] Square(ImportContext context, Value diagonal) =>
        [diagonal, context.Scalar(0), context.Scalar(-1), context.Scalar(-1), Zero(context)];

    /// <summary>A zero of the first input's type.</summary>
    private static Value Zero(ImportContext context) =>
        context.Constant(new Tensor(context[0].Type, Shape.Scalar, Reference.ElementTypes.Allocate(context[0].Type, 1)));

    /// <summary>V2 has no attribute and begins at the left.</summary>
    private static DiagonalAlignment Alignment(ImportContext context)
    {
        string align = context.Attributes.Text("align", context.Operation.EndsWith("V3", StringComparison.Ordinal) ? "RIGHT_LEFT" : "LEFT_LEFT");
        return align switch
        {
            "LEFT_LEFT" => Left,
            "LEFT_RIGHT" => new(true, false),
            "RIGHT_LEFT" => new(false, true),
            "RIGHT_RIGHT" => new(false, false),
            _ => throw context.Unsupported($"the alignment {align} is not known."),
        };
    }
}
