namespace ModelBuild.Kernels;

/// <summary>Walks over the taps of a window under which an input lies.</summary>
internal ref struct SpatialTaps
{
    private readonly SpatialAxes _axes;
    private readonly (int Z, int Y, int X) _output;
    private readonly (int First, int End) _planes;
    private readonly (int First, int End) _rows;
    private readonly (int First, int End) _columns;
    private int _z;
    private int _y;
    private int _x;

    /// <param name="axes">Geometry.</param>
    /// <param name="z">Plane of the output.</param>
    /// <param name="y">Row of the output.</param>
    /// <param name="x">Column of the output.</param>
    public SpatialTaps(SpatialAxes axes, int z, int y, int x)
    {
        _axes = axes;
        _output = (z, y, x);
        _planes = axes.Depth.Taps(z);
        _rows = axes.Height.Taps(y);
        _columns = axes.Width.Taps(x);
        (_z, _y, _x) = (_planes.First, _rows.First, _columns.First - 1);
    }

    /// <summary>Number of the tap, row-major.</summary>
    public readonly int Tap => (_z * _axes.Height.Window + _y) * _axes.Width.Window + _x;

    /// <summary>Number of the input pixel, row-major.</summary>
    public int Source { get; private set; }

    /// <summary>Goes to the next one; false if there is none.</summary>
    public bool Next()
    {
        if (_rows.First >= _rows.End || _columns.First >= _columns.End) return false;
        while (_z < _planes.End)
        {
            if (++_x >= _columns.End)
            {
                _x = _columns.First;
                if (++_y >= _rows.End)
                {
                    _y = _rows.First;
                    if (++_z >= _planes.End) return false;
                }
            }
            int plane = _axes.Depth.Source(_output.Z, _z);
            int row = _axes.Height.Source(_output.Y, _y);
            int column = _axes.Width.Source(_output.X, _x);
            if ((plane | row | column) < 0) continue;
            Source = (plane * _axes.Height.Input + row) * _axes.Width.Input + column;
            return true;
        }
        return false;
    }
}
