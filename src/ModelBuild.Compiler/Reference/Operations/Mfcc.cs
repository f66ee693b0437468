using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using Mfcc = ModelBuild.Compiler.Graph.Operations.Mfcc;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Mfcc"/>.</summary>
internal static class MfccReference
{
    public static Tensor Run(Mfcc mfcc, IReadOnlyList<Tensor> inputs)
    {
        int bins = inputs[0].Shape[2];
        int sampleRate = Tensors.Integer(inputs[1]);
        double[] cosines = Kernels.Mfcc.Cosines(mfcc.Filters, mfcc.Coefficients);
        return Tensors.Floats(Tensors.OutputShape(mfcc, inputs), elements =>
        {
            MelFilters filters = new(new int[bins], new double[bins], sampleRate, mfcc.Filters, mfcc.Lowest, mfcc.Highest);
            Kernels.Mfcc.Run(inputs[0].Elements<float>(), bins, filters, cosines, elements, new double[mfcc.Filters]);
        });
    }
}
