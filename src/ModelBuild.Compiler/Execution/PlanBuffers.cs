using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Execution;

/// <summary>The buffers and constants of a plan as the kernels take them.</summary>
internal sealed class PlanBuffers
{
    /// <summary>What the offset of an image is a multiple of.</summary>
    private const int Alignment = 64;

    private readonly Dictionary<string, (object Buffer, ElementType Type)> _buffers = [];
    private readonly HashSet<string> _constants = [];
    private readonly WeightBlob _blob;

    /// <exception cref="ModelBuildException">The plan contradicts itself.</exception>
    public PlanBuffers(ModelPlan plan, WeightBlob blob)
    {
        _blob = blob;
        foreach (PlanBuffer buffer in plan.Buffers)
            Add(plan, $"Buffer \"{buffer.Name}\"", buffer.Name, buffer.Type, type => Place(buffer, type, plan.ArenaBytes));
        foreach (PlanConstant constant in plan.Constants)
        {
            Add(plan, $"Constant \"{constant.Name}\"", constant.Name, constant.Tensor.Type, type => type.Constant(blob, constant.Tensor));
            _constants.Add(constant.Name);
        }
    }

    /// <summary>An <see cref="ImageBuffer"/> or <see cref="FlatBuffer{T}"/>; null if the plan has none of that name.</summary>
    public object? Find(string name) => _buffers.GetValueOrDefault(name).Buffer;

    /// <summary>The name is one of a constant.</summary>
    public bool IsConstant(string name) => _constants.Contains(name);

    /// <summary>The array of a tensor.</summary>
    public Array Values(PlanTensor tensor) => ElementType.Of(tensor.Type).Values(_blob, tensor);

    /// <summary>What a buffer holds: a flat array as it is, an image as uint8 [1, height, width, channels].</summary>
    public Tensor Read(string name, Workspace memory)
    {
        (object buffer, ElementType type) = _buffers[name];
        return buffer is ImageBuffer image ? Pixels(image, memory) : type.Read(buffer, memory);
    }

    private static Tensor Pixels(ImageBuffer image, Workspace memory)
    {
        byte[] pixels = new byte[image.Height * image.Width * image.Channels];
        Span<byte> source = memory.Bytes(image);
        for (PixelBlock block = PixelBlock.First(image); block.Y < image.Height; block = block.Next(image))
            ChannelsLast.Load(source, pixels.AsSpan(block.Start(image), block.Length), image, block);
        return new Tensor(DataType.UInt8, Shape.Of(1, image.Height, image.Width, image.Channels), pixels);
    }

    private void Add(ModelPlan plan, string what, string name, string type, Func<ElementType, object> make)
    {
        try
        {
            ElementType element = ElementType.Of(type);
            _buffers.Add(name, (make(element), element));
        }
        catch (Exception error) when (error is not ModelBuildException)
        {
            string message = $"{what} of the plan of {plan.Source}: {error.Message}";
            throw new ModelBuildException(DiagnosticCode.InternalError, message, inner: error);
        }
    }

    private static object Place(PlanBuffer buffer, ElementType type, int arena)
    {
        // An array that is a part of another begins at any of its elements.
        BufferChecks.Require(buffer.Offset % (buffer.Geometry is null ? type.Size : Alignment) == 0, "it is not aligned");
        int[] shape = [.. buffer.Shape];
        if (buffer.Geometry is not { } g)
        {
            BufferChecks.Require((long)Shapes.Elements(shape) * type.Size <= arena - buffer.Offset, "it lies outside of the working memory");
            return type.Buffer(buffer.Offset, shape);
        }
        bool isImage = shape.Length == 4 && shape[0] == 1 && type.Type == typeof(byte);
        BufferChecks.Require(isImage, "it is not byte [1, height, width, channels]");
        ImageBuffer image = new(buffer.Offset, shape[3], shape[1], shape[2], g.Pitch, g.Origin, g.Size, g.Border);
        bool fits = image.Pitch >= image.Width && image.Origin >= 0 && image.Origin + image.Span <= image.Size;
        BufferChecks.Require(fits, "it is greater than its plane");
        BufferChecks.Require(image.Bytes <= arena - image.Offset, "it lies outside of the working memory");
        return image;
    }
}
