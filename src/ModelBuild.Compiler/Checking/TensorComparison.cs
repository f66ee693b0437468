using System.Globalization;
using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Reference;

namespace ModelBuild.Compiler.Checking;

/// <summary>Compares a computed tensor with the expected one.</summary>
internal static class TensorComparison
{
    /// <summary>What is wrong, or null: types and shapes are to be equal, and so are integers and booleans.</summary>
    /// <param name="got">Computed.</param>
    /// <param name="want">Expected, as an .npy file stores it: quantised types as their integers, a string as its bytes.</param>
    /// <param name="tolerance">For floating-point and complex numbers.</param>
    public static Mismatch? Compare(Tensor got, Tensor want, Tolerance tolerance)
    {
        got = StoredForm.Of(got);
        if (got.Data.GetType() != want.Data.GetType() || !got.Shape.Equals(want.Shape)) return new Mismatch($"is {got}, expected {want}");
        return want.Data switch
        {
            bool[] => Find<bool>(got, want, (g, w) => g == w ? null : 1),
            Complex[] => Find<Complex>(got, want, tolerance.Error),
            _ when ElementTypes.IsFloating(want.Type) => ElementTypes.Floating(want.Type, new Floating(got, want, tolerance)),
            _ => ElementTypes.Integer(want.Type, new Integers(got, want)),
        };
    }

    /// <summary>The worst of the elements for which <paramref name="error"/> gives a number; NaN is worse than any.</summary>
    private static Mismatch? Find<T>(Tensor got, Tensor want, Func<T, T, double?> error)
    {
        T[] gotData = (T[])got.Data, wantData = (T[])want.Data;
        int wrong = 0, worst = -1;
        double largest = double.NegativeInfinity;
        for (int i = 0; i < wantData.Length; i++)
        {
            if (error(gotData[i], wantData[i]) is not { } found) continue;
            wrong++;
            if (worst >= 0 && (double.IsNaN(largest) || found <= largest)) continue;
            (worst, largest) = (i, found);
        }
        return wrong == 0 ? null : Mismatch.Of(wrong, wantData.Length, largest, Place(worst, want.Shape), gotData[worst], wantData[worst]);
    }

    private static string Place(int index, Shape shape)
    {
        int[] place = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            place[axis] = index % shape[axis];
            index /= shape[axis];
        }
        return $"[{string.Join(",", place.Select(coordinate => coordinate.ToString(CultureInfo.InvariantCulture)))}]";
    }

    private sealed class Floating(Tensor got, Tensor want, Tolerance tolerance) : IFloatingWork<Mismatch?>
    {
        public Mismatch? Run<T>() where T : unmanaged, IFloatingPointIeee754<T>, IMinMaxValue<T> =>
            Find<T>(got, want, (g, w) => tolerance.Error(double.CreateChecked(g), double.CreateChecked(w)));
    }

    private sealed class Integers(Tensor got, Tensor want) : IIntegerWork<Mismatch?>
    {
        public Mismatch? Run<T>() where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
            Find<T>(got, want, (g, w) => g == w ? null : Math.Abs(double.CreateChecked(g) - double.CreateChecked(w)));
    }
}
