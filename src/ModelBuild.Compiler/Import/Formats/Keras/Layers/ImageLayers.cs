using System.Text.Json;
using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Import.Formats;

/// <summary>Layers that change the size of images and sequences.</summary>
internal static class ImageLayers
{
    public static KerasTensor ZeroPadding(LayerContext c)
    {
        KerasTensor x = c.Input;
        (int Before, int After)[] pairs = Pairs(c, "padding", x.Rank - 2);
        if (pairs.Any(pair => pair.Before < 0 || pair.After < 0)) throw c.Unsupported("a padding is negative.");
        return c.Pad(x, c.ChannelsFirst ? [(0, 0), (0, 0), .. pairs] : [(0, 0), .. pairs, (0, 0)]);
    }

    public static KerasTensor Cropping(LayerContext c)
    {
        KerasTensor x = c.Input;
        (int Before, int After)[] pairs = Pairs(c, "cropping", x.Rank - 2);
        int first = c.ChannelsFirst ? 2 : 1;
        for (int axis = 0; axis < pairs.Length; axis++)
            if (pairs[axis] != (0, 0))
                x = Crop(c, x, first + axis, pairs[axis].Before, c.Require(x, first + axis, "a cropped dimension") - pairs[axis].After);
        return x;
    }

    public static KerasTensor UpSampling(LayerContext c)
    {
        KerasTensor x = c.ToChannelsLast(c.Input);
        int[] factors = c.Config.Spatial("size", x.Rank - 2, 2);
        Inference.Require(factors.All(factor => factor > 0), "a factor is not positive.");
        if (x.Rank == 4)
        {
            KerasTensor image = c.Resize(x, checked(c.Require(x, 1, "the height") * factors[0]),
                checked(c.Require(x, 2, "the width") * factors[1]), c.Config.Text("interpolation", "nearest"));
            return c.FromChannelsLast(image);
        }
        for (int axis = 0; axis < factors.Length; axis++) x = Repeat(c, x, axis + 1, factors[axis]);
        return c.FromChannelsLast(x);
    }

    public static KerasTensor Resizing(LayerContext c)
    {
        if (c.Config.Flag("crop_to_aspect_ratio", false) || c.Config.Flag("pad_to_aspect_ratio", false))
            throw c.Unsupported("resizing that keeps the aspect ratio is not supported.");
        KerasTensor x = c.ToChannelsLast(c[0]);
        KerasTensor image = c.Resize(x, c.Config.Integer("height"), c.Config.Integer("width"), c.Config.Text("interpolation", "bilinear"));
        return c.FromChannelsLast(c.Float(image));
    }

    /// <summary>The middle of an image; random crops take it at inference.</summary>
    public static KerasTensor CenterCrop(LayerContext c)
    {
        KerasTensor x = c.ToChannelsLast(c.Input);
        int height = c.Config.Integer("height"), width = c.Config.Integer("width");
        int top = c.Require(x, x.Rank - 3, "the height") - height, left = c.Require(x, x.Rank - 2, "the width") - width;
        if (top < 0 || left < 0) throw c.Unsupported($"the image {x.Shape} is smaller than {height} x {width}.");
        x = Crop(c, x, x.Rank - 3, top / 2, top / 2 + height);
        return c.FromChannelsLast(Crop(c, x, x.Rank - 2, left / 2, left / 2 + width));
    }

    private static KerasTensor Crop(LayerContext c, KerasTensor x, int axis, int begin, int end)
    {
        if (begin < 0 || end < begin) throw c.Unsupported($"nothing is left of dimension {axis} of {x.Shape}.");
        return c.Slice(x, axis, begin, end);
    }

    /// <summary>Each element several times, one after the other.</summary>
    private static KerasTensor Repeat(LayerContext c, KerasTensor x, int axis, int times)
    {
        int[] shape = x.Shape.ToArray(), multiples = [.. Enumerable.Repeat(1, x.Rank + 1)];
        multiples[axis + 1] = times;
        int[] tiled = [.. shape[..(axis + 1)], times, .. shape[(axis + 1)..]];
        KerasTensor tile = c.Add("Tile", "Tile", Shape.Of(tiled), x.Type,
            [c.ExpandDims(x, axis + 1), c.Integers("Tile/multiples", multiples)],
            ("T", GraphParts.Type(x.Type)), ("Tmultiples", GraphParts.Type(DataType.Int32)));
        shape[axis] = checked(c.Require(x, axis, "a repeated dimension") * times);
        return c.Reshape(tile, "Reshape", shape);
    }

    /// <summary>A number for all, a number an axis, or a pair an axis; over sequences a pair is before and after.</summary>
    private static (int Before, int After)[] Pairs(LayerContext c, string member, int rank)
    {
        JsonElement? value = c.Config.Find(member);
        Inference.Require(rank is >= 1 and <= 3, $"the input has the shape {c.Input.Shape}.");
        if (value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == rank && list[0].ValueKind == JsonValueKind.Array)
            return [.. list.EnumerateArray().Select(pair => pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
                && pair[0].TryGetInt32(out int before) && pair[1].TryGetInt32(out int after)
                ? (before, after) : throw c.Unsupported($"{member} = {value} is not supported."))];
        int[] numbers = c.Config.Integers(member) ?? [1];
        if (rank == 1 && numbers.Length == 2) return [(numbers[0], numbers[1])];
        if (numbers.Length == 1) return [.. Enumerable.Repeat((numbers[0], numbers[0]), rank)];
        return numbers.Length == rank ? [.. numbers.Select(number => (number, number))]
            : throw c.Unsupported($"{member} = {value} is not supported.");
    }
}
