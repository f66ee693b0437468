namespace BrowserSample;

/// <summary>
/// What was drawn: 32x32 points, black or not. The network sees what its training data were made of: how many points of each 4x4 block are
/// black, as a picture of 8x8 pixels (https://doi.org/10.24432/C50P49).
/// </summary>
internal sealed class Ink
{
    /// <summary>Points of a side.</summary>
    public const int Side = 32;

    private const int Block = Side / 8;
    private const double Brush = 1.7;

    private readonly bool[] _points = new bool[Side * Side];

    /// <summary>Whether nothing was drawn.</summary>
    public bool IsEmpty => !_points.Contains(true);

    /// <summary>Whether a point is black.</summary>
    public bool this[int x, int y] => _points[y * Side + x];

    /// <summary>White again.</summary>
    public void Clear() => Array.Clear(_points);

    /// <summary>A stroke from one place to another, in points.</summary>
    public void Draw(double fromX, double fromY, double toX, double toY)
    {
        int steps = 1 + (int)(2 * Math.Max(Math.Abs(toX - fromX), Math.Abs(toY - fromY)));
        for (int step = 0; step <= steps; step++)
        {
            double share = (double)step / steps;
            Dab(fromX + (toX - fromX) * share, fromY + (toY - fromY) * share);
        }
    }

    /// <summary>The picture for the network: 8x8 bytes, 255 where all points are black.</summary>
    public byte[] ToPicture()
    {
        byte[] picture = new byte[Digits.ImageLength];
        for (int i = 0; i < picture.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, Digits.ImageWidth);
            int black = 0;
            for (int point = 0; point < Block * Block; point++)
                if (this[column * Block + point % Block, row * Block + point / Block]) black++;
            picture[i] = (byte)(black * byte.MaxValue / (Block * Block));
        }
        return picture;
    }

    private void Dab(double x, double y)
    {
        for (int i = 0; i < _points.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, Side);
            if (Math.Pow(column + 0.5 - x, 2) + Math.Pow(row + 0.5 - y, 2) <= Brush * Brush) _points[i] = true;
        }
    }
}
