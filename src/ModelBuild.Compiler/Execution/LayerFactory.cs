using System.Reflection;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Execution;

/// <summary>Constructs the layers of a plan: instances of the very classes that the generator emits into consumers.</summary>
/// <param name="plan">The plan.</param>
/// <param name="buffers">Its buffers and constants.</param>
internal sealed class LayerFactory(ModelPlan plan, PlanBuffers buffers)
{
    /// <summary>A <see cref="Layer"/>, <see cref="IEntry{T}"/> or <see cref="IExit{T}"/>, as the layer's role asks.</summary>
    /// <exception cref="ModelBuildException">The plan contradicts itself; the message names the layer.</exception>
    public object Create(PlanLayer layer)
    {
        try
        {
            ConstructorInfo constructor = Constructor(PlanKind.Parse(layer.Kind));
            object[] arguments = [.. constructor.GetParameters().Select(parameter => Argument(layer, parameter))];
            if (layer.Parameters.Count != arguments.Length)
                throw new FormatException($"{layer.Parameters.Count} arguments are given, and the constructor takes {arguments.Length}.");
            object instance = constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
            RequireRole(layer, instance);
            return instance;
        }
        catch (Exception error)
        {
            string message = $"Layer \"{layer.Name}\" ({layer.Kind}) of the plan of {plan.Source}: {error.Message}";
            throw new ModelBuildException(DiagnosticCode.InternalError, message, inner: error);
        }
    }

    private static ConstructorInfo Constructor(PlanKind kind)
    {
        string arity = kind.TypeArguments.Count == 0 ? "" : $"`{kind.TypeArguments.Count}";
        Type type = typeof(Layer).Assembly.GetType($"{typeof(Layer).Namespace}.{kind.Class}{arity}")
            ?? throw new FormatException("There is no such kind of layer.");
        if (arity.Length > 0) type = type.MakeGenericType([.. kind.TypeArguments.Select(name => ElementType.Of(name).Type)]);
        return type.GetConstructors() is [var constructor] ? constructor : throw new FormatException("A layer has one constructor.");
    }

    private object Argument(PlanLayer layer, ParameterInfo parameter)
    {
        PlanParameter given = layer.Parameters.SingleOrDefault(candidate => candidate.Name == parameter.Name)
            ?? throw new FormatException($"The argument {parameter.Name} is missing, or there are two of it.");
        object value = given.Value switch
        {
            PlanValue.Integer v => v.Value,
            PlanValue.Single v => v.Value,
            PlanValue.Boolean v => v.Value,
            PlanValue.Text v => v.Value,
            PlanValue.Integers v => v.Values.ToArray(),
            PlanValue.Singles v => v.Values.ToArray(),
            PlanValue.Buffer v when parameter.Name == "output" && buffers.IsConstant(v.Name) =>
                throw new FormatException($"The output \"{v.Name}\" is constant."),
            PlanValue.Buffer v => buffers.Find(v.Name) ?? throw new FormatException($"There is no buffer \"{v.Name}\"."),
            PlanValue.Tensor v => buffers.Values(v.Constant),
            _ => throw new FormatException($"The argument {parameter.Name} is of an unknown kind."),
        };
        // Not IsInstanceOfType, for which an array of sbytes is one of bytes.
        return value.GetType() == parameter.ParameterType
            ? value
            : throw new FormatException($"The argument {parameter.Name} is of type {value.GetType()} instead of {parameter.ParameterType}.");
    }

    private void RequireRole(PlanLayer layer, object instance)
    {
        bool fits = layer.Role switch
        {
            PlanRole.Entry => Entry(plan.Inputs[layer.Port], instance),
            PlanRole.Exit => ElementType.Of(plan.Outputs[layer.Port].Type).IsExit(instance),
            _ => instance is Layer,
        };
        if (!fits) throw new FormatException($"The class cannot serve as {layer.Role} of port {layer.Port}.");
    }

    private static bool Entry(PlanPort port, object instance) =>
        ElementType.Of(port.Type).IsEntry(instance) && (!port.TakesPixels || instance is IEntry<byte>);
}
