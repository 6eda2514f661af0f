using System.Globalization;

namespace SockSort.Sql.Syntax;

/// <summary>Writes durations as a statement does.</summary>
internal static class DurationText
{
    private static readonly (string Name, TimeSpan Length)[] Units =
        [
            ("DAY", TimeSpan.FromDays(1)),
            ("HOUR", TimeSpan.FromHours(1)),
            ("MINUTE", TimeSpan.FromMinutes(1)),
            ("SECOND", TimeSpan.FromSeconds(1)),
            ("MILLISECOND", TimeSpan.FromMilliseconds(1)),
        ];

    /// <summary>Writes a duration in the largest unit that leaves no rest: <c>5 SECONDS</c>, <c>1 DAY</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        var (name, length) = duration == TimeSpan.Zero
            ? Units[3]
            : Units.First(unit => duration.Ticks % unit.Length.Ticks == 0 || unit.Name == "MILLISECOND");
        var count = duration.Ticks / length.Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "S")}");
    }
}
