using System.Collections.Immutable;

namespace SockSort.Dashboard.Watching;

/// <summary>Counts by the hour (UTC), of the last 60 days.</summary>
internal sealed class HourCounts
{
    private const int Most = 60 * 24;
    private const long HourMs = 3_600_000;

    private ImmutableSortedDictionary<long, (int Sightings, int Pairs)> _hours = ImmutableSortedDictionary<long, (int, int)>.Empty;

    /// <summary>Adds what happened at a time; below 0 takes it back.</summary>
    public void Add(DateTimeOffset at, int sightings = 0, int pairs = 0)
    {
        var hour = at.ToUnixTimeMilliseconds() / HourMs;
        var before = _hours.GetValueOrDefault(hour);
        _hours = _hours.SetItem(hour, (before.Sightings + sightings, before.Pairs + pairs));
        if (_hours.Count > Most)
            _hours = _hours.Remove(_hours.Keys.First());
    }

    /// <summary>Sums up equal steps of time.</summary>
    /// <param name="end">The end of the last step.</param>
    /// <param name="hoursEach">Length of a step in hours.</param>
    /// <param name="steps">The number of steps.</param>
    public IReadOnlyList<HistoryStep> Steps(DateTimeOffset end, int hoursEach, int steps)
    {
        var hours = _hours;
        var endHour = (end.ToUnixTimeMilliseconds() + HourMs - 1) / HourMs;
        return [.. Enumerable.Range(0, steps).Select(step => StepOf(hours, endHour - (long)(steps - step) * hoursEach, hoursEach))];
    }

    private static HistoryStep StepOf(ImmutableSortedDictionary<long, (int Sightings, int Pairs)> hours, long from, int length)
    {
        var (sightings, pairs) = (0, 0);
        for (var hour = from; hour < from + length; hour++)
        {
            var (moreSightings, morePairs) = hours.GetValueOrDefault(hour);
            (sightings, pairs) = (sightings + moreSightings, pairs + morePairs);
        }
        return new HistoryStep(DateTimeOffset.FromUnixTimeMilliseconds(from * HourMs), sightings, pairs);
    }
}

/// <summary>What was counted from a time on.</summary>
public sealed record HistoryStep(DateTimeOffset From, int Sightings, int Pairs);
