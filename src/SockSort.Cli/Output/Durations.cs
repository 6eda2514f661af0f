using System.CommandLine.Parsing;
using System.Globalization;

namespace SockSort.Cli.Output;

/// <summary>
/// Parses durations on the command line: <c>500ms</c>, <c>40s</c>, <c>2m</c>, <c>1h</c>, <c>7d</c>; a bare number is seconds.
/// </summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("", 1),
    ];

    /// <summary>Parses the value of an option; an invalid one becomes an error of the command line.</summary>
    public static TimeSpan ParseOption(ArgumentResult value)
    {
        var text = value.Tokens.Count > 0 ? value.Tokens[0].Value : "";
        if (TryParse(text, out var duration))
            return duration;
        value.AddError($"'{text}' is no duration: write 40s, 2m, 1h or 7d");
        return TimeSpan.Zero;
    }

    /// <summary>Formats a duration in the largest unit that gives a whole number.</summary>
    public static string Shown(TimeSpan duration)
    {
        var (unit, seconds) = Units.SkipLast(1)
            .OrderByDescending(unit => unit.Seconds)
            .First(unit => duration.TotalSeconds % unit.Seconds == 0 || unit.Unit == "ms");
        return string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds / seconds:0.###} {unit}");
    }

    /// <summary>Parses a duration; returns false if it is not positive or exceeds 1000 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var (unit, seconds) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal))
                continue;
            if (!double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
                return false;
            if (count * seconds is not (> 0 and < 86_400_000))
                return false;
            duration = TimeSpan.FromSeconds(count * seconds);
            return true;
        }
        return false;
    }
}
