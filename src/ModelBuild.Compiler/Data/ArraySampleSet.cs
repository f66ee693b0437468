using ModelBuild.Compiler.Graph;

namespace ModelBuild.Compiler.Data;

/// <summary>Samples of an array <c>[samples, ...]</c>, which stays in its own type.</summary>
internal sealed class ArraySampleSet : SampleSet
{
    private readonly Tensor _data;
    private readonly Shape _batch;
    private readonly Func<Tensor, Tensor> _convert;

    private ArraySampleSet(string path, Tensor data, Shape sample, Shape batch, Func<Tensor, Tensor> convert)
        : base(path, sample) => (_data, _batch, _convert) = (data, batch, convert);

    public override int Count => _data.Shape[0];

    public override Tensor this[int index] => _convert(ElementConversion.Slice(_data, index * _batch.Count, _batch));

    /// <summary>Reads and checks all samples.</summary>
    public static ArraySampleSet Load(string path, SampleInput input)
    {
        Tensor data = NpyFile.Read(path);
        Shape sample = input.SampleOf(data.Shape) ?? throw input.Mismatch(path, $"has the shape {data.Shape}, but the model's input takes "
            + $"{input.Expected}. Reshape the array, the samples along its first dimension.");
        if (data.Shape[0] == 0) throw input.Mismatch(path, $"holds no samples: its shape is {data.Shape}. Give at least one.");

        if (data.Type == DataType.UInt8 && ElementConversion.IsFloating(input.Type))
        {
            Func<byte[], Tensor> fromPixels = input.PixelsToTensor(path, sample);
            return new ArraySampleSet(path, data, sample, input.Batch(sample), pixels => fromPixels((byte[])pixels.Data));
        }
        if (!ElementConversion.CanConvert(data.Type, input.Type))
            throw input.Mismatch(path, $"holds {data.Type}, but the model's input takes {input.Type}. {Advice(input.Type)}");
        ArraySampleSet samples = new(path, data, sample, input.Batch(sample), part => ElementConversion.Convert(part, input.Type));
        for (int i = 0; i < samples.Count; i++) samples.Check(i, input);
        return samples;
    }

    private static string Advice(DataType type) => ElementConversion.IsFloating(type)
        ? "Save values with array.astype(numpy.float32), or pixels with array.astype(numpy.uint8)."
        : ElementConversion.IsInteger(type) ? "Save an array of integers." : "Save an array of that type.";

    private void Check(int index, SampleInput input)
    {
        try
        {
            Tensor sample = this[index];
            if (ElementConversion.IndexOfNotFinite(sample) is >= 0 and var element)
                throw DataErrors.NotFinite(Path, $"{input.Option}: sample {index} of {DataErrors.Name(Path)} has NaN or infinity "
                    + $"(as {input.Type}) at {Position(element)}. Leave out such samples; numpy.isfinite finds them.");
        }
        catch (OverflowException)
        {
            throw input.Mismatch(Path, $"holds a number in sample {index} that is out of the range of the model's input, {input.Type}. "
                + "Correct the array.");
        }
    }

    /// <summary>Where in a sample an element is: "[0,5,0]".</summary>
    private Shape Position(int element)
    {
        int[] position = new int[SampleShape.Rank];
        for (int axis = position.Length - 1; axis >= 0; axis--) (element, position[axis]) = Math.DivRem(element, SampleShape[axis]);
        return Shape.Of(position);
    }
}
