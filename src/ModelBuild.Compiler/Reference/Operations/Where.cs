using ModelBuild.Kernels;
using Cast = ModelBuild.Compiler.Graph.Operations.Cast;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Where"/> on numbers of any type and on truth values.</summary>
internal static class WhereReference
{
    public static Tensor Run(Where where, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        Tensor holds = x.Type == DataType.Bool ? x : CastReference.Run(new Cast(DataType.Bool), inputs);
        int[] strides = new int[x.Shape.Rank];
        Shapes.Strides(x.Shape.Dimensions, strides);
        List<long> indices = [];
        int found = 0;
        for (int i = 0; i < holds.Count; i++)
        {
            if (!holds.Elements<bool>()[i]) continue;
            found++;
            for (int axis = 0; axis < strides.Length; axis++) indices.Add(i / strides[axis] % x.Shape[axis]);
        }
        return new Tensor(DataType.Int64, Shape.Of(found, x.Shape.Rank), indices.ToArray());
    }
}
