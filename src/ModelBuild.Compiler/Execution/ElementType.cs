using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Compiler.Reference;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Execution;

/// <summary>What the executor does with values of an element type that it learns from the plan.</summary>
internal abstract class ElementType
{
    /// <summary>The element type of a name in a plan.</summary>
    /// <exception cref="FormatException">There is no such element type.</exception>
    public static ElementType Of(string name)
    {
        DataType type = PlanTypes.Type(name);
        return (ElementType)Activator.CreateInstance(typeof(ElementType<>).MakeGenericType(ElementTypes.ElementType(type)), type)!;
    }

    /// <summary>The type in C#.</summary>
    public abstract Type Type { get; }

    /// <summary>Bytes of an element.</summary>
    public abstract int Size { get; }

    /// <summary>A <see cref="FlatBuffer{T}"/> in the arena.</summary>
    public abstract object Buffer(int offset, int[] shape);

    /// <summary>A <see cref="FlatBuffer{T}"/> of constant values.</summary>
    public abstract object Constant(WeightBlob blob, PlanTensor tensor);

    /// <summary>An array from the blob.</summary>
    public abstract Array Values(WeightBlob blob, PlanTensor tensor);

    /// <summary>A copy of what a <see cref="FlatBuffer{T}"/> holds.</summary>
    public abstract Tensor Read(object buffer, Workspace memory);

    /// <summary>The layer reads inputs of this type.</summary>
    public abstract bool IsEntry(object layer);

    /// <summary>The layer writes outputs of this type.</summary>
    public abstract bool IsExit(object layer);

    /// <summary>Runs an <see cref="IEntry{T}"/>.</summary>
    public abstract void Enter(object layer, Tensor source, Workspace memory);

    /// <summary>Runs an <see cref="IExit{T}"/>.</summary>
    public abstract Tensor Leave(object layer, Workspace memory, Shape shape);
}

/// <inheritdoc/>
/// <param name="type">The type in tensors.</param>
internal sealed class ElementType<T>(DataType type) : ElementType
    where T : unmanaged
{
    public override Type Type => typeof(T);

    public override int Size => System.Runtime.CompilerServices.Unsafe.SizeOf<T>();

    public override object Buffer(int offset, int[] shape) => new FlatBuffer<T>(offset, shape);

    public override object Constant(WeightBlob blob, PlanTensor tensor) => new FlatBuffer<T>((T[])Values(blob, tensor), [.. tensor.Shape]);

    public override Array Values(WeightBlob blob, PlanTensor tensor) =>
        blob.Read<T>(tensor.Offset, tensor.Bytes, tensor.Length, tensor.Coding);

    public override Tensor Read(object buffer, Workspace memory)
    {
        FlatBuffer<T> flat = (FlatBuffer<T>)buffer;
        return new Tensor(type, Shape.Of(flat.Shape), memory.Elements(flat).ToArray());
    }

    public override bool IsEntry(object layer) => layer is IEntry<T>;

    public override bool IsExit(object layer) => layer is IExit<T>;

    public override void Enter(object layer, Tensor source, Workspace memory) => ((IEntry<T>)layer).Run(source.Elements<T>(), memory);

    public override Tensor Leave(object layer, Workspace memory, Shape shape)
    {
        T[] elements = new T[shape.Count];
        ((IExit<T>)layer).Run(memory, elements);
        return new Tensor(type, shape, elements);
    }
}
