using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>Samples that are the pictures of a folder, decoded when they are asked for and resized to what the model takes.</summary>
internal sealed class ImageSampleSet : SampleSet
{
    private readonly ImageFolder _folder;
    private readonly (int Height, int Width, int Channels) _size;
    private readonly Func<byte[], Tensor> _fromPixels;

    private ImageSampleSet(ImageFolder folder, (int Height, int Width, int Channels) size, Shape sample, Func<byte[], Tensor> fromPixels)
        : base(folder.Root, sample) => (_folder, _size, _fromPixels) = (folder, size, fromPixels);

    public override int Count => _folder.Files.Count;

    public override ImageFolder Images => _folder;

    public override Tensor this[int index]
    {
        get
        {
            Picture picture = Picture.Read(_folder.FullPath(index), _size.Channels);
            return _fromPixels(BilinearResize.Run(picture, _size.Height, _size.Width).Pixels);
        }
    }

    /// <summary>
    /// Lists the pictures and looks at the beginning of each. The input is [batch, height, width, channels] or, for pictures of one
    /// channel, [batch, height, width]; a height or width that is not known is that of the first picture.
    /// </summary>
    public static ImageSampleSet Load(string path, SampleInput input)
    {
        ImageFolder folder = ImageFolder.Open(path);
        int[] dimensions = input.Shape is { HasRank: true, Rank: 3 or 4 } ? input.Shape.ToArray()[1..] : [];
        int channels = dimensions.Length == 2 ? 1 : dimensions.Length == 3 ? dimensions[2] : 0;
        if (!Picture.CanHave(channels))
            throw input.Mismatch(path, $"is a folder of images, but the model's input {input.Shape} is no image of 1, 3 or 4 channels, "
                + $"[batch,height,width,channels]. Give an .npy file {input.Expected}.");

        (int Height, int Width)[] sizes = [.. folder.Files.Select((_, index) => Picture.Size(folder.FullPath(index)))];
        int height = Known(dimensions[0], sizes[0].Height), width = Known(dimensions[1], sizes[0].Width);
        Shape sample = dimensions.Length == 2 ? Shape.Of(height, width) : Shape.Of(height, width, channels);
        return new ImageSampleSet(folder, (height, width, channels), sample, input.PixelsToTensor(path, sample));
    }

    private static int Known(int dimension, int otherwise) => dimension == Shape.Unknown ? otherwise : dimension;
}
