namespace ModelBuild.Kernels;

/// <summary>A function of two elements over arrays that are broadcast to each other.</summary>
/// <param name="left">Left operand.</param>
/// <param name="right">Right operand.</param>
/// <param name="output">Output.</param>
internal abstract class BinaryLayer<T, TResult, TFunction>(FlatBuffer<T> left, FlatBuffer<T> right, FlatBuffer<TResult> output) : Layer
    where T : unmanaged
    where TResult : unmanaged
    where TFunction : struct, IBinaryFunction<T, TResult>
{
    private readonly FlatBuffer<TResult> _output = Shapes.Shaped(output, Shapes.Broadcast(left.Shape, right.Shape));

    public override void Run(Workspace workspace) => Binary.Run<T, TResult, TFunction>(
        workspace.Elements(left), left.Shape, workspace.Elements(right), right.Shape, workspace.Elements(_output));
}
