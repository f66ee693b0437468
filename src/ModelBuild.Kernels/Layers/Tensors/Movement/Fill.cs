namespace ModelBuild.Kernels;

/// <summary>Sets every element to one value.</summary>
/// <param name="value">The value, one element.</param>
/// <param name="output">Output.</param>
internal sealed class Fill<T>(FlatBuffer<T> value, FlatBuffer<T> output) : Layer
    where T : unmanaged
{
    public override void Run(Workspace workspace) => workspace.Elements(output).Fill(workspace.Elements(value)[0]);
}
