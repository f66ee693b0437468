using Google.Protobuf;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Import.Proto;
using ModelBuild.Compiler.Tests.Import;

namespace ModelBuild.Compiler.Tests.Operations;

/// <summary>Nodes with constants of any shape and lists as attributes.</summary>
internal static class Nodes
{
    /// <summary>A constant of float32, int32 or bytes.</summary>
    public static NodeDef Const(string name, Tensor tensor)
    {
        TensorProto proto = new() { Dtype = (int)tensor.Type, TensorShape = new TensorShapeProto() };
        foreach (int size in tensor.Shape.Dimensions) proto.TensorShape.Dim.Add(new TensorShapeProto.Types.Dim { Size = size });
        switch (tensor.Data)
        {
            case float[] floats: proto.FloatVal.AddRange(floats); break;
            case int[] integers: proto.IntVal.AddRange(integers); break;
            default: proto.StringVal.AddRange(tensor.Elements<byte[]>().ToArray().Select(text => ByteString.CopyFrom(text))); break;
        }
        return Definitions.Node($"{name} = Const()", ("dtype", Definitions.Type(proto.Dtype)), ("value", new AttrValue { Tensor = proto }));
    }

    public static NodeDef Const(string name, float[] values, params int[] shape) => Const(name, Tensor.Of(Shape.Of(shape), values));

    public static NodeDef Const(string name, int[] values, params int[] shape) => Const(name, Tensor.Of(Shape.Of(shape), values));

    public static AttrValue Numbers(params long[] numbers)
    {
        AttrValue value = new() { List = new AttrValue.Types.ListValue() };
        value.List.I.AddRange(numbers);
        return value;
    }

    public static AttrValue Real(float number) => new() { F = number };
}
