using System.Runtime.InteropServices;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Bitcast"/>, but for complex numbers, whose elements are not stored as TensorFlow does.</summary>
internal static class BitcastReference
{
    public static Tensor Run(Bitcast cast, IReadOnlyList<Tensor> inputs)
    {
        if (inputs[0].Type.IsComplex || cast.To.IsComplex) throw ElementTypes.Unsupported(DataType.Complex64, "a type whose bits can be cast");
        Shape shape = Tensors.Infer(cast, inputs)[0].Shape;
        Array elements = ElementTypes.Allocate(cast.To, shape.Count);
        Bytes(inputs[0].Data, inputs[0].Type).CopyTo(Bytes(elements, cast.To));
        return new Tensor(cast.To, shape, elements);
    }

    private static Span<byte> Bytes(Array elements, DataType type) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(elements), elements.Length * type.Bytes);
}
