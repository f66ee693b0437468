using System.Collections.Immutable;

namespace ModelBuild.Compiler.Graph;

/// <summary>
/// Dimensions of a tensor, outermost first; -1 for one that is not known. A shape may also have an unknown rank.
/// </summary>
public sealed class Shape : IEquatable<Shape>
{
    /// <summary>The dimension that is not known.</summary>
    public const int Unknown = -1;

    /// <summary>More dimensions than these no tensor of TensorFlow has (tensor_shape.h).</summary>
    public const int MostDimensions = 254;

    /// <summary>A shape of which not even the rank is known.</summary>
    public static readonly Shape UnknownRank = new(null);

    /// <summary>The shape of a single value.</summary>
    public static readonly Shape Scalar = new([]);

    private readonly int[]? _dimensions;

    private Shape(int[]? dimensions)
    {
        if (dimensions?.Length > MostDimensions) throw Inference.Error($"a tensor would have {dimensions.Length} dimensions, more than {MostDimensions}.");
        _dimensions = dimensions;
    }

    /// <summary>A shape of the given dimensions.</summary>
    public static Shape Of(params ReadOnlySpan<int> dimensions) => new(dimensions.ToArray());

    /// <summary>A shape of which only the rank is known.</summary>
    public static Shape OfRank(int rank) => new([.. Enumerable.Repeat(Unknown, Math.Min(rank, MostDimensions + 1))]);

    public bool HasRank => _dimensions is not null;

    /// <summary>Number of dimensions; throws where it is not known.</summary>
    public int Rank => Dimensions.Length;

    /// <summary>The dimensions; throws where the rank is not known.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions ?? throw new InvalidOperationException("The rank of this shape is not known.");

    /// <summary>Every dimension is known.</summary>
    public bool IsStatic => _dimensions is not null && !_dimensions.Contains(Unknown);

    /// <summary>Number of elements; throws where it is not known or does not fit an int.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            foreach (int dimension in Dimensions)
                count = dimension >= 0 ? checked(count * dimension) : throw new InvalidOperationException($"The shape {this} is not static.");
            return count;
        }
    }

    /// <summary>A dimension; negative indices count from the end.</summary>
    public int this[int axis] => Dimensions[axis < 0 ? axis + Rank : axis];

    public ImmutableArray<int> ToImmutableArray() => [.. Dimensions];

    public int[] ToArray() => Dimensions.ToArray();

    public bool Equals(Shape? other) =>
        other is not null && (_dimensions is null ? other._dimensions is null : other._dimensions is not null && Dimensions.SequenceEqual(other.Dimensions));

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => _dimensions is null ? -1 : _dimensions.Aggregate(17, HashCode.Combine);

    /// <summary>"[1,?,3]", or "[...]" for an unknown rank.</summary>
    public override string ToString() =>
        _dimensions is null ? "[...]" : "[" + string.Join(",", _dimensions.Select(d => d < 0 ? "?" : d.ToString(System.Globalization.CultureInfo.InvariantCulture))) + "]";
}
