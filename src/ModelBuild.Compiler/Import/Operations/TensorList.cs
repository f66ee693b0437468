using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Lists;

namespace ModelBuild.Compiler.Import.Operations;

/// <summary>Imports the lists of TensorFlow 2.</summary>
internal static class TensorListImport
{
    public static Value Reserve(ImportContext context) => Builder(context).Reserve(context[0], context[1], grows: false);

    /// <summary>EmptyTensorList: its second input is how many elements there may be.</summary>
    public static Value Empty(ImportContext context) => Builder(context).Reserve(context[0], Scalar(context, 0), grows: false);

    public static Value FromTensor(ImportContext context) => Builder(context).FromTensor(context[0], context[1]);

    public static Value Split(ImportContext context) => Builder(context).Split(context[0], context[1], context[2]);

    /// <summary>TensorListScatter and V2: tensor, indices, form, and perhaps the number of elements (-1 for as many as needed).</summary>
    public static Value Scatter(ImportContext context)
    {
        ListBuilder lists = Builder(context);
        Value count = context.Inputs.Count > 3 ? context[3] : Scalar(context, -1);
        bool open = Inference.Integer(count) == -1;
        return lists.Scatter(lists.Reserve(context[2], open ? Scalar(context, 0) : count, open), context[0], context[1]);
    }

    public static Value ScatterInto(ImportContext context) => Builder(context).Scatter(context[0], context[1], context[2]);

    public static Value Get(ImportContext context) => Builder(context).Get(context[0], context[1], context[2]);

    public static Value Set(ImportContext context) =>
        Builder(context).Set(context[0], context[1], context[2], context.Attributes.Boolean("resize_if_index_out_of_bounds", false));

    public static Value Stack(ImportContext context)
    {
        // What the caller expects the length to be.
        context.Attributes.Ignore("num_elements");
        return Builder(context).Stack(context[0], context[1]);
    }

    public static Value Gather(ImportContext context) => Builder(context).Gather(context[0], context[1], context[2]);

    /// <summary>TensorListConcat (the form is an attribute) and V2.</summary>
    public static IReadOnlyList<Value> Concat(ImportContext context)
    {
        if (context.Operation == "TensorListConcatV2") return Builder(context).Concat(context[0], context[1], context[2]);
        Shape form = context.Attributes.Shape("element_shape") ?? Shape.UnknownRank;
        Value leading = context.Constant(new Tensor(DataType.Int64, Shape.Of(0), Array.Empty<long>()));
        return Builder(context).Concat(context[0], Form(context, form), leading);
    }

    public static Value Length(ImportContext context) => new ListBuilder(context, Element(context, 0)).Length(context[0]);

    public static Value Resize(ImportContext context) => new ListBuilder(context, Element(context, 0)).Resize(context[0], context[1]);

    public static Value PushBack(ImportContext context) => Builder(context).PushBack(context[0], context[1]);

    public static IReadOnlyList<Value> PopBack(ImportContext context) => Builder(context).PopBack(context[0], context[1]);

    public static Value Append(ImportContext context) => Builder(context).Append(context[0], context[1]);

    /// <summary>A form as an input.</summary>
    public static Value Form(ImportContext context, Shape form) => form.HasRank ? context.Constant(form.ToArray()) : Scalar(context, -1);

    /// <summary>A number as an input.</summary>
    public static Value Scalar(ImportContext context, int number) => context.Constant(Tensor.Of(Shape.Scalar, new[] { number }));

    private static ListBuilder Builder(ImportContext context)
    {
        context.Attributes.Ignore("shape_type");
        return new ListBuilder(context, context.Attributes.Type("element_dtype", DataType.Float32));
    }

    /// <summary>Type of the elements of a list, for operations that do not name it.</summary>
    private static DataType Element(ImportContext context, int input) => context.Scope.Session.Lists.Find(context[input])?.Element
        ?? throw new ModelBuildException(DiagnosticCode.InvalidGraph, $"{context[input]} is no list.");
}
