namespace ModelBuild.Kernels.Tests;

/// <summary>Places buffers one after the other and fills them.</summary>
internal sealed class Arena(int seed)
{
    private int _length;
    private Workspace? _workspace;

    /// <summary>Where sizes, places and values of a test come from.</summary>
    public Random Random { get; } = new(seed);

    /// <summary>Threads that work on a layer.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The working memory that holds all buffers placed before; noise at first.</summary>
    public Workspace Workspace
    {
        get
        {
            if (_workspace is not null) return _workspace;
            _workspace = new Workspace(_length, Threads);
            Random.NextBytes(_workspace.Bytes(new ImageBuffer(0, 4, 1, 1, 1, 0, _length / 4, -1)));
            return _workspace;
        }
    }

    /// <summary>An image with a random border around it; 1x1 without one is the plain vector.</summary>
    public ImageBuffer Image(int channels, int height, int width, bool plain = false)
    {
        int pitch = plain ? width : width + Random.Next(0, 5);
        int origin = plain ? 0 : Random.Next(0, 2 * pitch);
        int size = origin + (height - 1) * pitch + width + (plain ? 0 : Random.Next(0, 20));
        return Add(new ImageBuffer(_length, channels, height, width, pitch, origin, size, plain ? -1 : Random.Next(0, 256)));
    }

    /// <summary>An image of the same geometry as another.</summary>
    public ImageBuffer Like(ImageBuffer image) => Add(new ImageBuffer(
        _length, image.Channels, image.Height, image.Width, image.Pitch, image.Origin, image.Size, image.Border));

    /// <summary>A flat buffer.</summary>
    public FlatBuffer<float> Flat(params int[] shape)
    {
        FlatBuffer<float> buffer = new(_length, shape);
        Grow(buffer.Length * sizeof(float));
        return buffer;
    }

    /// <summary>A flat buffer of 16-bit integers.</summary>
    public FlatBuffer<short> Shorts(params int[] shape)
    {
        FlatBuffer<short> buffer = new(_length, shape);
        Grow(buffer.Length * sizeof(short));
        return buffer;
    }

    /// <summary>Fills an image with random pixels.</summary>
    /// <returns>The pixels, NHWC.</returns>
    public byte[] Fill(ImageBuffer image)
    {
        byte[] pixels = new byte[image.Height * image.Width * image.Channels];
        Random.NextBytes(pixels);
        Images.Write(image, Workspace.Bytes(image), pixels, Random);
        return pixels;
    }

    /// <summary>Fills an array with numbers between -range and range.</summary>
    /// <returns>The numbers.</returns>
    public float[] Fill(FlatBuffer<float> buffer, float range = 4)
    {
        float[] values = Floats(buffer.Length, range);
        values.CopyTo(Workspace.Elements(buffer));
        return values;
    }

    /// <summary>Numbers between -range and range.</summary>
    public float[] Floats(int length, float range = 1)
    {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) values[i] = (Random.NextSingle() * 2 - 1) * range;
        return values;
    }

    /// <summary>The pixels of an image, NHWC, after its border was checked.</summary>
    public byte[] Read(ImageBuffer image)
    {
        Images.AssertBorder(image, Workspace.Bytes(image));
        return Images.Read(image, Workspace.Bytes(image));
    }

    /// <summary>The elements of an array.</summary>
    public float[] Read(FlatBuffer<float> buffer) => Workspace.Elements(buffer).ToArray();

    private ImageBuffer Add(ImageBuffer image)
    {
        Grow(image.Bytes);
        return image;
    }

    private void Grow(int bytes) => _length += (bytes + 63) / 64 * 64;
}
