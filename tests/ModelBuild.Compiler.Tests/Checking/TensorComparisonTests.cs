using System.Numerics;
using ModelBuild.Compiler.Checking;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Tests.Checking;

public class TensorComparisonTests
{
    private static readonly Tolerance Tenth = new(0.1, 0);

    [Fact]
    public void TheWorstElementIsNamed()
    {
        Tensor want = Tensor.Of(Shape.Of(2, 3), [0f, 1, 2, 3, 4, 5]), got = Tensor.Of(Shape.Of(2, 3), [0.05f, 1.5f, 2, 3, 2, 5.2f]);

        Mismatch mismatch = TensorComparison.Compare(got, want, Tenth)!;

        Assert.Equal((2, "[1,1]"), (mismatch.LargestError, mismatch.Place));
        Assert.Equal("differs in 3 of 6, most at [1,1]: 2, expected 4 (error 2)", mismatch.Message);
    }

    [Theory]
    [InlineData(1.1, 1, 0.1, 0.01, true)]
    [InlineData(111, 100, 1, 0.1, true)]
    [InlineData(111.5, 100, 1, 0.1, false)]
    [InlineData(double.NaN, double.NaN, 0, 0, true)]
    [InlineData(double.NaN, 1, 1e9, 0, false)]
    [InlineData(1, double.NaN, 1e9, 0, false)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity, 0, 0, true)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 0, 1, false)]
    [InlineData(1e300, double.PositiveInfinity, 0, 1, false)]
    [InlineData(double.PositiveInfinity, 1e300, double.MaxValue, 0, false)]
    public void Tolerances(double got, double want, double absolute, double relative, bool accepted) =>
        Assert.Equal(accepted, new Tolerance(absolute, relative).Error(got, want) is null);

    [Fact]
    public void IntegersAndBooleansAreEqualOrNot()
    {
        // As doubles these two are the same.
        Assert.NotNull(TensorComparison.Compare(Longs((1L << 53) + 1), Longs(1L << 53), new Tolerance(10, 1)));
        Assert.Null(TensorComparison.Compare(Longs(long.MinValue), Longs(long.MinValue), default));
        Assert.NotNull(TensorComparison.Compare(Booleans(true, false), Booleans(true, true), new Tolerance(1, 1)));

        static Tensor Longs(params long[] values) => new(DataType.Int64, Shape.Of(values.Length), values);
        static Tensor Booleans(params bool[] values) => new(DataType.Bool, Shape.Of(values.Length), values);
    }

    [Fact]
    public void ComplexNumbersByMagnitude()
    {
        Tensor want = Complexes(new Complex(3, 4));

        Assert.Null(TensorComparison.Compare(Complexes(new Complex(3.06, 4.06)), want, Tenth));
        Assert.NotNull(TensorComparison.Compare(Complexes(new Complex(3.08, 4.08)), want, Tenth));

        static Tensor Complexes(Complex value) => new(DataType.Complex64, Shape.Scalar, new[] { value });
    }

    [Fact]
    public void TypesAndShapesAreExact()
    {
        Tensor want = Tensor.Of(Shape.Of(1, 2), [1f, 2]);

        Assert.Contains("expected Float32[1,2]", TensorComparison.Compare(Tensor.Of(Shape.Of(2), [1f, 2]), want, Tenth)!.Message);
        Assert.Contains("expected Float32[1,2]", TensorComparison.Compare(Tensor.Of(Shape.Of(1, 2), [1, 2]), want, Tenth)!.Message);
        // An array of sbyte passes for one of byte in patterns.
        Tensor signed = new(DataType.Int8, Shape.Scalar, new sbyte[] { 1 }), unsigned = new(DataType.UInt8, Shape.Scalar, new byte[] { 1 });
        Assert.NotNull(TensorComparison.Compare(signed, unsigned, Tenth));
    }

    [Fact]
    public void OutputsAreComparedAsTheyAreStored()
    {
        Tensor bytes = new(DataType.UInt8, Shape.Of(2), "hi"u8.ToArray());

        Assert.Null(TensorComparison.Compare(new Tensor(DataType.QUInt8, Shape.Of(2), "hi"u8.ToArray()), bytes, default));
        Assert.Null(TensorComparison.Compare(new Tensor(DataType.String, Shape.Scalar, new[] { "hi"u8.ToArray() }), bytes, default));
    }

    [Fact]
    public void RangeOfNetworks()
    {
        Tolerance tolerance = Tolerance.OfRange(Tensor.Of(Shape.Of(4), [-1f, float.PositiveInfinity, 3, 0]), 0.001);

        Assert.Equal(0.004, tolerance.Absolute, 1e-9);
        Assert.Equal(0.005, Tolerance.OfRange(Tensor.Of(Shape.Of(2), [-5f, -5]), 0.001).Absolute, 1e-9);
    }
}
