using System.Numerics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;
using ModelBuild.Kernels;

namespace ModelBuild.Compiler.Reference.Operations;

/// <summary>Executes <see cref="Fourier"/>, axis by axis, in double precision.</summary>
internal static class FourierReference
{
    public static Tensor Run(Fourier transform, IReadOnlyList<Tensor> inputs)
    {
        Tensor x = inputs[0];
        (DataType type, Shape output) = Tensors.Infer(transform, inputs)[0];
        Spectrum spectrum = new(x.Shape.ToArray(), Numbers(x));
        int first = x.Shape.Rank - transform.Dimensions;
        bool isInverse = transform.Kind is FourierKind.Inverse or FourierKind.RealInverse;
        for (int i = 0; i < transform.Dimensions; i++)
        {
            bool isHalf = transform.Kind == FourierKind.RealInverse && i == transform.Dimensions - 1;
            int length = transform.IsReal ? Tensors.Integers(inputs[1])[i] : x.Shape[first + i];
            spectrum = spectrum.Resize(first + i, isHalf && length > 0 ? length / 2 + 1 : length);
            if (isHalf) spectrum = spectrum.Mirror(first + i, length);
            spectrum.Transform(first + i, isInverse);
        }
        for (int axis = 0; axis < output.Rank; axis++) spectrum = spectrum.Resize(axis, output[axis]);
        return type switch
        {
            DataType.Float32 => Tensor.Of(output, Array.ConvertAll(spectrum.Elements, number => (float)number.Real)),
            DataType.Float64 => new Tensor(type, output, Array.ConvertAll(spectrum.Elements, number => number.Real)),
            _ => ComplexNumbers.Rounded(type, output, spectrum.Elements),
        };
    }

    private static Complex[] Numbers(Tensor x) => x.Data switch
    {
        float[] singles => Array.ConvertAll(singles, number => new Complex(number, 0)),
        double[] doubles => Array.ConvertAll(doubles, number => new Complex(number, 0)),
        _ => x.Elements<Complex>().ToArray(),
    };

    /// <summary>Complex numbers of a shape.</summary>
    private sealed record Spectrum(int[] Shape, Complex[] Elements)
    {
        /// <summary>Cuts an axis or fills it up with zeros.</summary>
        public Spectrum Resize(int axis, int length) => Shape[axis] == length ? this : Rows(axis, length, (from, to) =>
            from[..Math.Min(from.Length, to.Length)].CopyTo(to));

        /// <summary>Fills the second half of the spectrum of real numbers with the conjugates of the first.</summary>
        public Spectrum Mirror(int axis, int length) => Rows(axis, length, (from, to) =>
        {
            for (int i = 0; i < to.Length; i++) to[i] = i < from.Length ? from[i] : Complex.Conjugate(from[to.Length - i]);
            // What the spectrum of real numbers cannot have is not looked at.
            if (to.Length > 0) to[0] = to[0].Real;
            if (to.Length > 0 && to.Length % 2 == 0) to[to.Length / 2] = to[to.Length / 2].Real;
        });

        /// <summary>Transforms along an axis, in place.</summary>
        public void Transform(int axis, bool inverse)
        {
            if (Elements.Length == 0) return;
            FourierTransform transform = new(Shape[axis]);
            Complex[] work = new Complex[transform.Work];
            Rows(axis, Shape[axis], (from, to) =>
            {
                from.CopyTo(to);
                if (inverse) transform.Inverse(to, work);
                else transform.Forward(to, work);
            }).Elements.CopyTo(Elements, 0);
        }

        private delegate void RowWork(ReadOnlySpan<Complex> from, Span<Complex> to);

        private Spectrum Rows(int axis, int length, RowWork work)
        {
            int inner = 1;
            foreach (int size in Shape.AsSpan(axis + 1)) inner *= size;
            int outer = inner == 0 || Shape[axis] == 0 ? 0 : Elements.Length / inner / Shape[axis];
            int[] shape = [.. Shape];
            shape[axis] = length;
            Complex[] elements = new Complex[Inference.Product(shape)], from = new Complex[Shape[axis]], to = new Complex[length];
            for (int row = 0; row < outer * inner; row++)
            {
                int read = row / inner * from.Length * inner + row % inner, write = row / inner * length * inner + row % inner;
                for (int i = 0; i < from.Length; i++) from[i] = Elements[read + i * inner];
                Array.Clear(to);
                work(from, to);
                for (int i = 0; i < length; i++) elements[write + i * inner] = to[i];
            }
            return new Spectrum(shape, elements);
        }
    }
}
