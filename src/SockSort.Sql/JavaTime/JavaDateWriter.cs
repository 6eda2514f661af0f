using System.Globalization;
using System.Text;

namespace SockSort.Sql.JavaTime;

/// <summary>Writes a local moment by the parts of a pattern; names in English.</summary>
internal static class JavaDateWriter
{
    public static void Write(StringBuilder text, IReadOnlyList<PatternPart> parts, DateTime local, TimeSpan offset, TimeZoneInfo zone)
    {
        foreach (var part in parts)
        {
            if (part.Letter == '\0')
                _ = text.Append(part.Text);
            else if (part.Letter == '[')
                Write(text, part.Inner, local, offset, zone);
            else
                _ = text.Append(Field(part, local, offset, zone));
        }
    }

    private static string Field(PatternPart part, DateTime local, TimeSpan offset, TimeZoneInfo zone) => part.Letter switch
    {
        'G' when part.Count == 4 => "Anno Domini",
        'G' => part.Count == 5 ? "A" : "AD",
        'Y' => part.Count == 2 ? Padded(WeekOf(local).Year % 100, 2) : Padded(WeekOf(local).Year, part.Count),
        'y' or 'u' => part.Count == 2 ? Padded(local.Year % 100, 2) : Padded(local.Year, part.Count),
        'M' or 'L' => Name(part.Count, local.Month, local, "MMM", "MMMM"),
        'E' when part.Count == 5 => local.ToString("ddd", CultureInfo.InvariantCulture)[..1],
        'E' => local.ToString(part.Count == 4 ? "dddd" : "ddd", CultureInfo.InvariantCulture),
        'e' or 'c' => Name(part.Count, ((int)local.DayOfWeek) + 1, local, "ddd", "dddd"),
        'd' => Padded(local.Day, part.Count),
        'D' => Padded(local.DayOfYear, part.Count),
        'Q' or 'q' =>
            part.Count switch
            {
                < 3 => Padded((local.Month + 2) / 3, part.Count),
                3 => $"Q{(local.Month + 2) / 3}",
                _ => $"{Ordinal((local.Month + 2) / 3)} quarter",
            },
        'w' => Padded(WeekOf(local).Week, part.Count),
        'W' => Padded(((local.Day + (int)local.AddDays(1 - local.Day).DayOfWeek - 1) / 7) + 1, part.Count),
        'F' => Padded(((local.Day - 1) % 7) + 1, part.Count),
        'a' => local.Hour < 12 ? "AM" : "PM",
        'H' => Padded(local.Hour, part.Count),
        'k' => Padded(local.Hour == 0 ? 24 : local.Hour, part.Count),
        'K' => Padded(local.Hour % 12, part.Count),
        'h' => Padded(local.Hour % 12 == 0 ? 12 : local.Hour % 12, part.Count),
        'm' => Padded(local.Minute, part.Count),
        's' => Padded(local.Second, part.Count),
        'S' => Fraction(local, part.Count),
        'A' => Padded((long)local.TimeOfDay.TotalMilliseconds, part.Count),
        'n' => Padded(local.Ticks % TimeSpan.TicksPerSecond * 100, part.Count),
        'N' => Padded(local.TimeOfDay.Ticks * 100, part.Count),
        _ => Zone(part, local, offset, zone),
    };

    /// <summary>Weeks as Java counts them in English: from Sunday, the first one is that of 1 January.</summary>
    private static (int Year, int Week) WeekOf(DateTime local)
    {
        var saturday = local.AddDays(6 - (int)local.DayOfWeek);
        return (saturday.Year, ((saturday.DayOfYear - 1) / 7) + 1);
    }

    private static string Padded(long value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string Name(int count, int number, DateTime local, string shortForm, string longForm) => count switch
    {
        < 3 => Padded(number, count),
        3 => local.ToString(shortForm, CultureInfo.InvariantCulture),
        4 => local.ToString(longForm, CultureInfo.InvariantCulture),
        _ => local.ToString(longForm, CultureInfo.InvariantCulture)[..1],
    };

    private static string Ordinal(int number) => number switch { 1 => "1st", 2 => "2nd", 3 => "3rd", _ => $"{number}th" };

    // Nanoseconds cut to the wanted digits; .NET has seven of the nine.
    private static string Fraction(DateTime local, int count) =>
        (local.Ticks % TimeSpan.TicksPerSecond)
            .ToString("0000000", CultureInfo.InvariantCulture)
            .PadRight(Math.Max(9, count), '0')[..count];

    private static string Zone(PatternPart part, DateTime local, TimeSpan offset, TimeZoneInfo zone)
    {
        var sign = offset < TimeSpan.Zero ? "-" : "+";
        var (hours, minutes) = (
            Math.Abs(offset.Hours).ToString("00", CultureInfo.InvariantCulture),
            Math.Abs(offset.Minutes).ToString("00", CultureInfo.InvariantCulture));
        return part.Letter switch
        {
            'V' => zone.Id,
            'z' or 'v' => ZoneNames.NameOf(zone, local, isLong: part.Count == 4),
            'O' when offset == TimeSpan.Zero => "GMT",
            'O' when part.Count == 4 => $"GMT{sign}{hours}:{minutes}",
            'O' => $"GMT{sign}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : ":" + minutes)}",
            'X' when offset == TimeSpan.Zero => "Z",
            'X' or 'x' => part.Count switch
            {
                1 => sign + hours + (offset.Minutes == 0 ? "" : minutes),
                2 or 4 => sign + hours + minutes,
                _ => $"{sign}{hours}:{minutes}",
            },
            'Z' => part.Count switch
            {
                < 4 => sign + hours + minutes,
                4 => offset == TimeSpan.Zero ? "GMT" : $"GMT{sign}{hours}:{minutes}",
                _ => offset == TimeSpan.Zero ? "Z" : $"{sign}{hours}:{minutes}",
            },
            _ => "",
        };
    }
}
