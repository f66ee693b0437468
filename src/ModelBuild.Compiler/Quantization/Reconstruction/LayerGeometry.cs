using ModelBuild.Compiler.Graph;
using ModelBuild.Compiler.Graph.Operations;

namespace ModelBuild.Compiler.Quantization.Reconstruction;

/// <summary>
/// A layer with weights as matrix products: each of <see cref="Groups"/> groups has <see cref="Outputs"/> outputs, each a sum over
/// <see cref="Inputs"/> products of a weight and an element of a patch of the input.
/// </summary>
internal sealed class LayerGeometry
{
    private readonly (int Height, int Width) _strides = (1, 1), _dilations = (1, 1), _kernel = (1, 1);
    private readonly int _top, _left, _height = 1, _width = 1, _channels, _perGroup, _outputWidth = 1;
    private readonly bool _isDepthwise;

    /// <param name="layer">A convolution, depthwise convolution or fully connected layer over one sample.</param>
    public LayerGeometry(Node layer)
    {
        (Shape x, Shape weights, Shape output) = (layer.Inputs[0].Shape, layer.Inputs[1].Shape, layer.Output.Shape);
        _channels = x[-1];
        if (layer.Operation is FullyConnected)
        {
            (Groups, Inputs, Outputs, Pixels) = (1, weights[0], weights[1], x.Count / Math.Max(1, x[-1]));
            (_width, _outputWidth, _perGroup) = (Pixels, Pixels, Inputs);
            return;
        }
        Padding padding;
        (_strides, _dilations, padding) = layer.Operation switch
        {
            Convolution convolution => (convolution.Strides, convolution.Dilations, convolution.Padding),
            DepthwiseConvolution depthwise => (depthwise.Strides, depthwise.Dilations, depthwise.Padding),
            _ => throw new ArgumentException($"{layer.Name} has no weights.", nameof(layer)),
        };
        _isDepthwise = layer.Operation is DepthwiseConvolution;
        _kernel = (weights[0], weights[1]);
        (_height, _width, _outputWidth) = (x[1], x[2], output[2]);
        _top = padding.Resolve(0, _height, _kernel.Height, _strides.Height, _dilations.Height).Before;
        _left = padding.Resolve(1, _width, _kernel.Width, _strides.Width, _dilations.Width).Before;
        Pixels = output[1] * output[2];
        int taps = _kernel.Height * _kernel.Width;
        Groups = _isDepthwise ? _channels : _channels / weights[2];
        (Inputs, Outputs) = _isDepthwise ? (taps, weights[3]) : (taps * weights[2], weights[3] / Groups);
        _perGroup = Inputs / taps;
    }

    /// <summary>Groups of outputs that see the same inputs.</summary>
    public int Groups { get; }

    /// <summary>Products of an output.</summary>
    public int Inputs { get; }

    /// <summary>Outputs of a group.</summary>
    public int Outputs { get; }

    /// <summary>Places that the patch is taken from: pixels of the output.</summary>
    public int Pixels { get; }

    /// <summary>Channel of the layer's input (last dimension) that an input of a group is from.</summary>
    public int Channel(int group, int input) => group * _perGroup + input % _perGroup;

    /// <summary>Index, in TensorFlow's order, of a weight.</summary>
    public int Weight(int group, int input, int output) => _isDepthwise
        ? (input * Groups + group) * Outputs + output
        : input * Groups * Outputs + group * Outputs + output;

    /// <summary>Index, in the kernels' order, of a weight: [out][kh][kw][c/groups].</summary>
    public int KernelWeight(int group, int input, int output) => (group * Outputs + output) * Inputs + input;

    /// <summary>Index of an output of a pixel in the layer's output.</summary>
    public int Output(int pixel, int group, int output) => (pixel * Groups + group) * Outputs + output;

    /// <summary>The patch that a group sees at a pixel; zeros outside the image.</summary>
    /// <param name="x">The layer's input.</param>
    /// <param name="pixel">Pixel of the output.</param>
    /// <param name="group">The group.</param>
    /// <param name="patch">Receives <see cref="Inputs"/> elements.</param>
    public void Read(ReadOnlySpan<float> x, int pixel, int group, Span<double> patch)
    {
        int perGroup = _perGroup, write = 0;
        (int y, int column) = Math.DivRem(pixel, _outputWidth);
        for (int ky = 0; ky < _kernel.Height; ky++)
        {
            int row = y * _strides.Height + ky * _dilations.Height - _top;
            for (int kx = 0; kx < _kernel.Width; kx++, write += perGroup)
            {
                int from = column * _strides.Width + kx * _dilations.Width - _left;
                Span<double> target = patch.Slice(write, perGroup);
                if ((uint)row >= (uint)_height || (uint)from >= (uint)_width)
                {
                    target.Clear();
                    continue;
                }
                ReadOnlySpan<float> source = x.Slice((row * _width + from) * _channels + group * perGroup, perGroup);
                for (int c = 0; c < perGroup; c++) target[c] = source[c];
            }
        }
    }

    /// <summary>The reverse of <see cref="Read"/>: adds a patch to the elements it is made of.</summary>
    public void AddTo(Span<float> x, int pixel, int group, ReadOnlySpan<float> patch)
    {
        int perGroup = _perGroup, read = 0;
        (int y, int column) = Math.DivRem(pixel, _outputWidth);
        for (int ky = 0; ky < _kernel.Height; ky++)
        {
            int row = y * _strides.Height + ky * _dilations.Height - _top;
            for (int kx = 0; kx < _kernel.Width; kx++, read += perGroup)
            {
                int from = column * _strides.Width + kx * _dilations.Width - _left;
                if ((uint)row >= (uint)_height || (uint)from >= (uint)_width) continue;
                Span<float> target = x.Slice((row * _width + from) * _channels + group * perGroup, perGroup);
                for (int c = 0; c < perGroup; c++) target[c] += patch[read + c];
            }
        }
    }
}
