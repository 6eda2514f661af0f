using System.Globalization;

namespace SockSort.Sql.Printing;

/// <summary>Durations in the largest unit that holds them whole.</summary>
internal static class DurationText
{
    private static readonly (TimeSpan Length, string Name)[] Units =
        [(TimeSpan.FromDays(1), "DAY"), (TimeSpan.FromHours(1), "HOUR"), (TimeSpan.FromMinutes(1), "MINUTE"), (TimeSpan.FromSeconds(1), "SECOND"), (TimeSpan.FromMilliseconds(1), "MILLISECOND")];

    public static string Of(TimeSpan duration)
    {
        var (length, name) = duration == TimeSpan.Zero ? Units[3] : Units.First(unit => duration.Ticks % unit.Length.Ticks == 0);
        var count = duration.Ticks / length.Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "S")}");
    }
}
