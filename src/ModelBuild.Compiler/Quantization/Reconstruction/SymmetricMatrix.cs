using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// Square matrices in row-major order, and what second-order rounding needs of them. Vectors run along rows element by element, so
/// that neither their width nor the number of threads changes a bit.
/// </summary>
internal static class SymmetricMatrix
{
    /// <summary><c>target += factor * source</c>.</summary>
    public static void AddScaled<T>(Span<T> target, ReadOnlySpan<T> source, T factor) where T : struct, INumber<T>
    {
        Span<Vector<T>> sums = MemoryMarshal.Cast<T, Vector<T>>(target);
        ReadOnlySpan<Vector<T>> addends = MemoryMarshal.Cast<T, Vector<T>>(source);
        Vector<T> factors = new(factor);
        for (int i = 0; i < sums.Length; i++) sums[i] += factors * addends[i];
        for (int i = sums.Length * Vector<T>.Count; i < target.Length; i++) target[i] += factor * source[i];
    }

    /// <summary>
    /// The upper triangular factor U of the inverse, inverse = U^T U with U[j, i] = 0 for i &lt; j, in place of the matrix. Its row j
    /// tells how an error of element j is spread over the later ones.
    /// </summary>
    /// <param name="matrix">Symmetric and positive definite.</param>
    /// <param name="size">Rows.</param>
    /// <returns>False where the matrix is not positive definite; its contents are then rubbish.</returns>
    public static bool TryFactorInverse(double[] matrix, int size)
    {
        // Reversed, the lower factor L of H = L L^T becomes an upper one, whose inverse is the upper factor of the inverse.
        double[] reversed = Reversed(matrix, size);
        if (!TryCholesky(reversed, size)) return false;
        InvertLower(reversed, size);
        // inverse(P H P) = L^-T L^-1; reversed back, L^-1 is upper triangular.
        Reversed(reversed, size).CopyTo(matrix, 0);
        return true;
    }

    /// <summary>The lower factor of Cholesky's decomposition, in place; what is above the diagonal becomes 0.</summary>
    private static bool TryCholesky(double[] matrix, int size)
    {
        for (int column = 0; column < size; column++)
        {
            Span<double> row = matrix.AsSpan(column * size, size);
            if (!(row[column] > 0)) return false;
            double pivot = Math.Sqrt(row[column]), inverse = 1 / pivot;
            // The matrix is symmetric: row "column" right of the diagonal holds the column below it.
            Span<double> factors = row[(column + 1)..];
            for (int i = 0; i < factors.Length; i++) factors[i] *= inverse;
            row[column] = pivot;
            double[] shared = factors.ToArray();
            int first = column + 1;
            For(size - first, i => AddScaled(matrix.AsSpan((first + i) * size + first + i, size - first - i), shared.AsSpan(i), -shared[i]));
        }
        TransposeToLower(matrix, size);
        return true;
    }

    /// <summary>The inverse of a lower triangular matrix, in place.</summary>
    private static void InvertLower(double[] matrix, int size)
    {
        double[] inverse = new double[matrix.Length];
        for (int row = 0; row < size; row++)
        {
            Span<double> target = inverse.AsSpan(row * size, row + 1);
            ReadOnlySpan<double> source = matrix.AsSpan(row * size, row + 1);
            for (int i = 0; i < row; i++)
                if (source[i] != 0) AddScaled(target[..(i + 1)], inverse.AsSpan(i * size, i + 1), source[i]);
            double diagonal = 1 / source[row];
            for (int i = 0; i < row; i++) target[i] *= -diagonal;
            target[row] = diagonal;
        }
        inverse.CopyTo(matrix, 0);
    }

    private static void TransposeToLower(double[] matrix, int size)
    {
        for (int row = 0; row < size; row++)
            for (int column = row + 1; column < size; column++)
                (matrix[column * size + row], matrix[row * size + column]) = (matrix[row * size + column], 0);
    }

    private static double[] Reversed(double[] matrix, int size)
    {
        double[] result = matrix[..(size * size)];
        Array.Reverse(result);
        return result;
    }

    private static void For(int count, Action<int> body)
    {
        // Rows as short as this are not worth handing to another thread.
        const int Few = 128;
        if (count < Few) for (int i = 0; i < count; i++) body(i);
        else Parallel.For(0, count, body);
    }
}
