namespace ModelBuild.Plan;

/// <summary>
/// What the layers of a kind share: their parameters in order and, as in a method's signature, values that hold where a layer
/// gives none. Layers give the others by their place and then, by name, what differs from these values.
/// </summary>
/// <param name="Slots">The parameters.</param>
/// <param name="Remarks">What the layers do, where they do not say it.</param>
internal sealed record PlanSignature(IReadOnlyList<PlanSlot> Slots, string Remarks)
{
    /// <summary>Takes the words of a kind line: a parameter each, with or without value.</summary>
    /// <exception cref="FormatException">One is no such word, or there twice.</exception>
    public static PlanSignature Read(IReadOnlyList<PlanToken> words, string remarks)
    {
        List<PlanSlot> slots = [];
        foreach (PlanToken word in words)
        {
            (string name, PlanToken? common) = word.Named() is { } named ? (named.Name, named.Value) : (word.Word(), (PlanToken?)null);
            slots.Add(slots.All(slot => slot.Name != name) ? new PlanSlot(name, common) : throw word.Error($"a second parameter {name}"));
        }
        return new PlanSignature(slots, remarks);
    }

    /// <summary>The words of a layer's values, a parameter each, in order.</summary>
    /// <param name="line">The line, for its mistakes.</param>
    /// <param name="words">The words that it gives.</param>
    /// <exception cref="FormatException">They do not fit.</exception>
    public IEnumerable<(string Name, PlanToken Value)> Fill(PlanLineReader line, IReadOnlyList<PlanToken> words)
    {
        Dictionary<string, PlanToken> named = [];
        Queue<PlanToken> placed = new();
        foreach (PlanToken word in words)
        {
            if (word.Named() is not { } argument) placed.Enqueue(word);
            else if (named.ContainsKey(argument.Name) || !Slots.Any(slot => slot.Name == argument.Name && slot.Default is not null))
                throw word.Error($"unexpected argument {argument.Name}");
            else named.Add(argument.Name, argument.Value);
        }
        List<(string, PlanToken)> values = [];
        foreach (PlanSlot slot in Slots)
        {
            if (named.TryGetValue(slot.Name, out PlanToken value)) values.Add((slot.Name, value));
            else if (slot.Default is { } common) values.Add((slot.Name, common.Line > 0 ? common : line.Here(common.Text)));
            else values.Add((slot.Name, placed.Count > 0 ? placed.Dequeue() : throw line.Error($"a value for {slot.Name} is missing")));
        }
        return placed.Count == 0 ? values : throw placed.Peek().Error("a value too many");
    }
}

/// <summary>A parameter of a <see cref="PlanSignature"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Default">The word of its value where a layer gives none; null where each gives one.</param>
internal sealed record PlanSlot(string Name, PlanToken? Default);
