using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Pad"/>.</summary>
internal static class PadReference
{
    public static Tensor Run(Pad pad, IReadOnlyList<Tensor> inputs) =>
        ElementTypes.Any(inputs[0].Type, new Work(pad.Mode, inputs, Tensors.OutputShape(pad, inputs)));

    private sealed record Work(PadMode Mode, IReadOnlyList<Tensor> Inputs, int[] Shape) : IElementWork<Tensor>
    {
        public Tensor Run<T>()
        {
            Tensor x = Inputs[0];
            int[] paddings = Tensors.Integers(Inputs[1]);
            T value = Inputs.Count > 2 ? Tensors.Single<T>(Inputs[2]) : default!;
            return Tensors.Fill<T>(x.Type, Shape, elements =>
            {
                if (Mode == PadMode.Constant) Kernels.Pad.Run(x.Elements<T>(), x.Shape.Dimensions, paddings, value, elements);
                else Kernels.MirrorPad.Run<T>(x.Elements<T>(), x.Shape.Dimensions, paddings, Mode == PadMode.Symmetric, elements);
            });
        }
    }
}
