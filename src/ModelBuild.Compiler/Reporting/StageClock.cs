using System.Diagnostics;

namespace ModelBuild.Compiler.Reporting;

/// <summary>Notes how long the stages of a compilation take.</summary>
internal sealed class StageClock
{
    private readonly OrderedDictionary<string, double> _seconds = [];
    private string? _stage;
    private long _start;

    /// <summary>Ends the stage before and begins another; the times of equal names are added.</summary>
    public void Begin(string stage)
    {
        End();
        (_stage, _start) = (stage, Stopwatch.GetTimestamp());
    }

    /// <summary>Ends the last stage; all, in the order in which they began.</summary>
    public IReadOnlyList<StageTime> Finish()
    {
        End();
        return [.. _seconds.Select(stage => new StageTime(stage.Key, Math.Round(stage.Value, Decimals)))];
    }

    private const int Decimals = 3;

    private void End()
    {
        if (_stage is not null) _seconds[_stage] = _seconds.GetValueOrDefault(_stage) + Stopwatch.GetElapsedTime(_start).TotalSeconds;
        _stage = null;
    }
}
