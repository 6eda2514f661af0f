using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SockSort.Host.Logging;

/// <summary>
/// The least levels of what is logged, of all loggers and of some by name; they may change while the process runs. Thread-safe.
/// </summary>
/// <remarks>A logger's name is that of its class, with dots; a level set for a name holds for all names below it too.</remarks>
public sealed class LogLevels
{
    private readonly TimeProvider _clock;
    private readonly Lock _changing = new();

    // Worked out from what is set, since it is asked for with each event.
    private readonly ConcurrentDictionary<string, LogLevel> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);
    private volatile IReadOnlyDictionary<string, LevelOfLogger> _set;

    /// <param name="root">Of every logger for which none is set.</param>
    /// <param name="clock">Says when a level was changed; the system's by default.</param>
    public LogLevels(LogLevel root, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _set = new Dictionary<string, LevelOfLogger>(StringComparer.Ordinal) { [""] = new(root, Changed: null) };
    }

    /// <summary>Of every logger for which none is set.</summary>
    public LevelOfLogger Root => _set[""];

    /// <summary>The loggers that have been made, and the names for which a level is set; by name.</summary>
    public IReadOnlyDictionary<string, LevelOfLogger> All =>
        new SortedDictionary<string, LevelOfLogger>(
            Names.Where(name => name.Length > 0).ToDictionary(name => name, Of), StringComparer.Ordinal);

    /// <summary>Null where there is no such logger, and no level is set for the name.</summary>
    public LevelOfLogger? Find(string name) => Names.Contains(name) ? Of(name) : null;

    /// <summary>Sets the level of a name and of all loggers below it, in place of levels that were set there.</summary>
    /// <param name="name">Empty for all of them.</param>
    /// <returns>The name and the loggers below it.</returns>
    public IReadOnlyList<string> Set(string name, LogLevel level)
    {
        lock (_changing)
        {
            var others = _set.Where(entry => !IsAtOrBelow(entry.Key, name)).ToDictionary(StringComparer.Ordinal);
            others[name] = new LevelOfLogger(level, _clock.GetUtcNow());
            _set = others;
            _known.Clear();
            var below = Names.Where(known => known.Length > 0 && IsAtOrBelow(known, name));
            return [.. below.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Sets a level without telling that it was changed: as it is from the start.</summary>
    internal void Begin(string name, LogLevel level)
    {
        lock (_changing)
            _set = new Dictionary<string, LevelOfLogger>(_set, StringComparer.Ordinal) { [name] = new(level, Changed: null) };
    }

    internal bool IsOn(string? name, LogLevel level)
    {
        _ = _made.TryAdd(name ?? "", true);
        return level >= _known.GetOrAdd(name ?? "", known => Of(known).Level);
    }

    private IEnumerable<string> Names => _made.Keys.Concat(_set.Keys).Distinct();

    private LevelOfLogger Of(string name)
    {
        var set = _set;
        for (var at = name; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOf('.'))])
        {
            if (set.TryGetValue(at, out var level))
                return level;
        }
        return set[""];
    }

    private static bool IsAtOrBelow(string name, string of) =>
        of.Length == 0 || name == of || name.StartsWith(of + ".", StringComparison.Ordinal);
}

/// <param name="Level">What is less is left out.</param>
/// <param name="Changed">Since when; null where it is so since the start.</param>
public sealed record LevelOfLogger(LogLevel Level, DateTimeOffset? Changed);
