namespace ModelBuild.Compiler.Import.Functions;

/// <summary>
/// A graph that is computed from arguments: a function of the library, or what a TensorFlow 1 graph has between the nodes of a
/// loop or of a conditional.
/// </summary>
/// <param name="Name">For messages.</param>
/// <param name="Index">The nodes, among which may be others.</param>
/// <param name="Arguments">Which outputs (of nodes, or of names that are no nodes) stand for which argument.</param>
/// <param name="ArgumentCount">Number of arguments.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record GraphFunction(
    string Name, GraphIndex Index, IReadOnlyDictionary<NodeInput, int> Arguments, int ArgumentCount, IReadOnlyList<NodeInput> Outputs)
{
    /// <summary>The arguments that some outputs depend on.</summary>
    /// <param name="outputs">Numbers of the outputs.</param>
    /// <param name="seen">What earlier questions have gone through, which is left out.</param>
    public IEnumerable<int> Uses(IEnumerable<int> outputs, HashSet<NodeInput>? seen = null) =>
        Index.Walk(outputs.Select(output => Outputs[output]), Arguments.ContainsKey, seen).Where(Arguments.ContainsKey)
            .Select(argument => Arguments[argument]);

    /// <summary>The argument that an output merely passes on, or null.</summary>
    public int? Passes(int output) =>
        Arguments.TryGetValue(Index.Origin(Outputs[output], Arguments.ContainsKey), out int argument) ? argument : null;
}
