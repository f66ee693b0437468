using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Lists;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>
/// Imports the arrays of TensorFlow 1. Their operations read a handle and a "flow", a number that only orders them; here the
/// flow is the list itself, so that every state of an array is a value, and the handle means nothing.
/// </summary>
internal static class TensorArrayImport
{
    public static IReadOnlyList<Value> Create(ImportContext context)
    {
        context.Attributes.Ignore("clear_after_read", "tensor_array_name", "identical_element_shapes");
        Shape form = context.Attributes.Shape("element_shape") ?? Shape.UnknownRank;
        bool grows = context.Attributes.Boolean("dynamic_size", false);
        Value list = Builder(context).Reserve(TensorListImport.Form(context, form), context[0], grows);
        return [context.Constant(new Tensor(DataType.Resource, Shape.Scalar, new object[] { context.Name })), list];
    }

    public static Value Write(ImportContext context) => Builder(context).Set(context[3], context[1], context[2], grows: false);

    public static Value Read(ImportContext context) => Builder(context).Get(context[2], context[1], AnyForm(context));

    public static Value Gather(ImportContext context) =>
        Builder(context).Gather(context[2], context[1],
            TensorListImport.Form(context, context.Attributes.Shape("element_shape") ?? Shape.UnknownRank));

    public static Value Scatter(ImportContext context) => Builder(context).Scatter(context[3], context[2], context[1]);

    public static IReadOnlyList<Value> Concat(ImportContext context)
    {
        Shape rest = context.Attributes.Shape("element_shape_except0") ?? Shape.UnknownRank;
        Shape form = rest.HasRank ? Shape.Of([Shape.Unknown, .. rest.Dimensions]) : rest;
        return Builder(context).Concat(context[1], TensorListImport.Form(context, form), context.Constant());
    }

    public static Value Split(ImportContext context) => Builder(context).Split(context[1], AnyForm(context), context[2]);

    public static Value Size(ImportContext context) =>
        new ListBuilder(context, context.Scope.Session.Lists.Find(context[1])?.Element ?? DataType.Float32).Length(context[1]);

    private static Value AnyForm(ImportContext context) => TensorListImport.Scalar(context, -1);

    private static ListBuilder Builder(ImportContext context) =>
        new(context, context.Attributes.Type("dtype", context.Attributes.Type("T", DataType.Float32)));
}
