using System;

namespace ModelBuild.Kernels;

/// <summary>A binary heap of candidates, the one of the highest score on top, the lower number among equals.</summary>
/// <param name="candidates">Working memory for the numbers, as long as there may be candidates.</param>
/// <param name="scores">Scores by number; those of candidates in the heap must not change.</param>
internal ref struct ScoreHeap(Span<int> candidates, ReadOnlySpan<float> scores)
{
    private readonly Span<int> _candidates = candidates;
    private readonly ReadOnlySpan<float> _scores = scores;

    /// <summary>Number of candidates.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a candidate.</summary>
    public void Push(int candidate)
    {
        int place = Count++;
        while (place > 0 && IsBefore(candidate, _candidates[(place - 1) / 2]))
        {
            _candidates[place] = _candidates[(place - 1) / 2];
            place = (place - 1) / 2;
        }
        _candidates[place] = candidate;
    }

    /// <summary>Takes the best candidate out.</summary>
    public int Pop()
    {
        int best = _candidates[0];
        int last = _candidates[--Count];
        int place = 0;
        for (int child = 1; child < Count; child = 2 * place + 1)
        {
            if (child + 1 < Count && IsBefore(_candidates[child + 1], _candidates[child])) child++;
            if (!IsBefore(_candidates[child], last)) break;
            _candidates[place] = _candidates[child];
            place = child;
        }
        _candidates[place] = last;
        return best;
    }

    private readonly bool IsBefore(int left, int right) =>
        _scores[left] > _scores[right] || (_scores[left] == _scores[right] && left < right);
}
