using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.Graph;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Execution;

/// <summary>
/// Runs a plan at build time with the kernels that ship, so that what is measured here is what the generated class will do. An
/// instance may be used by any number of threads at a time.
/// </summary>
internal sealed class PlanExecutor
{
    private readonly ModelPlan _plan;
    private readonly PlanBuffers _buffers;
    private readonly (PlanLayer Layer, object Instance)[] _steps;
    private readonly Port[] _inputs;
    private readonly Port[] _outputs;
    private readonly WorkspacePool _memory;

    /// <summary>Reads the weights and prepares them for this processor.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="blob">The weights that it refers to.</param>
    /// <exception cref="ModelBuildException">The plan contradicts itself or the blob, which is an internal error.</exception>
    public PlanExecutor(ModelPlan plan, byte[] blob)
    {
        _plan = plan;
        _buffers = new PlanBuffers(plan, new WeightBlob(blob));
        LayerFactory factory = new(plan, _buffers);
        _steps = [.. plan.Layers.Select(layer => (layer, factory.Create(layer)))];
        _inputs = [.. plan.Inputs.Select(Port.Of)];
        _outputs = [.. plan.Outputs.Select(Port.Of)];
        for (int i = 0; i < _outputs.Length; i++)
        {
            if (plan.Layers.Any(layer => layer.Role == PlanRole.Exit && layer.Port == i)) continue;
            string message = $"No layer of the plan of {plan.Source} writes output \"{_outputs[i].Name}\".";
            throw new ModelBuildException(DiagnosticCode.InternalError, message);
        }
        _memory = new WorkspacePool(plan.ArenaBytes);
    }

    /// <summary>One float input, one float output: what <see cref="Run(ReadOnlySpan{float}, Span{float})"/> asks for.</summary>
    public bool TakesSpans => _inputs is [{ Type: ElementType<float> }] && _outputs is [{ Type: ElementType<float> }];

    /// <summary>Runs the plan.</summary>
    /// <param name="inputs">One an input of the plan, of its type and length; uint8 also where the input takes pixels.</param>
    /// <param name="observe">Called after each layer with a function that reads any buffer by name as it then is: flat ones as they
    /// are, images as uint8 [1, height, width, channels]. May be null.</param>
    /// <returns>One an output of the plan.</returns>
    /// <exception cref="ModelBuildException">The inputs do not fit, or a layer refuses their values.</exception>
    public Tensor[] Run(IReadOnlyList<Tensor> inputs, Action<PlanLayer, Func<string, Tensor>>? observe = null)
    {
        Check(inputs);
        Tensor[] outputs = new Tensor[_outputs.Length];
        Workspace memory = _memory.Rent();
        Func<string, Tensor> read = name => _buffers.Read(name, memory);
        foreach ((PlanLayer layer, object instance) in _steps)
        {
            try
            {
                Step(layer, instance, inputs, outputs, memory);
            }
            catch (Exception error)
            {
                throw Failed(layer, error);
            }
            observe?.Invoke(layer, read);
        }
        _memory.Return(memory);
        return outputs;
    }

    /// <summary>Runs a plan of one float input and one float output. Allocates nothing.</summary>
    /// <param name="input">The input, row-major.</param>
    /// <param name="output">Receives the output.</param>
    /// <exception cref="ArgumentException">A span has another length than its port.</exception>
    /// <exception cref="InvalidOperationException">The plan has other ports.</exception>
    /// <exception cref="ModelBuildException">A layer refuses the values.</exception>
    public void Run(ReadOnlySpan<float> input, Span<float> output)
    {
        if (!TakesSpans) throw new InvalidOperationException($"{_plan.Source} has other ports than one float input and one float output.");
        SpanLength.Require(input.Length, _inputs[0].Shape.Count, _inputs[0].Description, nameof(input));
        SpanLength.Require(output.Length, _outputs[0].Shape.Count, _outputs[0].Description, nameof(output));
        Workspace memory = _memory.Rent();
        foreach ((PlanLayer layer, object instance) in _steps)
        {
            try
            {
                if (layer.Role == PlanRole.Entry) ((IEntry<float>)instance).Run(input, memory);
                else if (layer.Role == PlanRole.Exit) ((IExit<float>)instance).Run(memory, output);
                else ((Layer)instance).Run(memory);
            }
            catch (Exception error)
            {
                throw Failed(layer, error);
            }
        }
        _memory.Return(memory);
    }

    private void Step(PlanLayer layer, object instance, IReadOnlyList<Tensor> inputs, Tensor[] outputs, Workspace memory)
    {
        switch (layer.Role)
        {
            case PlanRole.Entry when _inputs[layer.Port].IsPixels(inputs[layer.Port]):
                ((IEntry<byte>)instance).Run(inputs[layer.Port].Elements<byte>(), memory);
                break;
            case PlanRole.Entry:
                _inputs[layer.Port].Type.Enter(instance, inputs[layer.Port], memory);
                break;
            case PlanRole.Exit:
                outputs[layer.Port] = _outputs[layer.Port].Type.Leave(instance, memory, _outputs[layer.Port].Shape);
                break;
            default:
                ((Layer)instance).Run(memory);
                break;
        }
    }

    private void Check(IReadOnlyList<Tensor> inputs)
    {
        if (inputs.Count != _inputs.Length)
            throw new ModelBuildException(DiagnosticCode.DataMismatch, $"{_plan.Source} has {_inputs.Length} inputs, not {inputs.Count}.");
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (_inputs[i].Takes(inputs[i])) continue;
            throw new ModelBuildException(DiagnosticCode.DataMismatch,
                $"Input {_inputs[i].Name} of {_plan.Source} is {_inputs[i].Description}, and {inputs[i]} is given.");
        }
    }

    // These two are what kernels throw where it depends on values whether they can go on: an index outside of its axis, say.
    private ModelBuildException Failed(PlanLayer layer, Exception error)
    {
        string where = $"Layer \"{layer.Name}\" ({layer.Kind}) of {_plan.Source}";
        return error is ArgumentException or DivideByZeroException
            ? new(DiagnosticCode.DataMismatch, $"{where} cannot go on with this input: {error.Message} Check the data.", inner: error)
            : new(DiagnosticCode.InternalError, $"{where} failed: {error.Message}", inner: error);
    }

    private sealed record Port(string Name, string Description, ElementType Type, Shape Shape, bool TakesPixels)
    {
        public static Port Of(PlanPort port)
        {
            Shape shape = Shape.Of([.. port.Shape]);
            return new Port(port.Name, $"{port.Type} {shape}", ElementType.Of(port.Type), shape, port.TakesPixels);
        }

        // An array of sbytes passes for one of bytes in casts and patterns, but not by its type.
        public bool Takes(Tensor tensor) =>
            tensor.Count == Shape.Count && (tensor.Data.GetType().GetElementType() == Type.Type || IsPixels(tensor));

        public bool IsPixels(Tensor tensor) => TakesPixels && tensor.Data.GetType() == typeof(byte[]);
    }
}
