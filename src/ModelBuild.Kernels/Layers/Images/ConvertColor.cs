using System.Numerics;

namespace ModelBuild.Kernels;

/// <summary>Converts pixels between {red, green, blue} and {hue, saturation, value}, see <see cref="ColorSpace"/>.</summary>
/// <typeparam name="T">Element type.</typeparam>
/// <param name="input">[..., 3].</param>
/// <param name="output">[..., 3].</param>
/// <param name="toHsv">To hue, saturation and value; else from them.</param>
internal sealed class ConvertColor<T>(FlatBuffer<T> input, FlatBuffer<T> output, bool toHsv) : Layer
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FlatBuffer<T> _output = Shapes.Shaped(output, input.Shape);

    public override void Run(Workspace workspace)
    {
        if (toHsv) ColorSpace.RgbToHsv<T>(workspace.Elements(input), workspace.Elements(_output));
        else ColorSpace.HsvToRgb<T>(workspace.Elements(input), workspace.Elements(_output));
    }
}
