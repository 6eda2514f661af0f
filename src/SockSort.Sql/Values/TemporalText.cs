using System.Globalization;
using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>
/// Reads dates and times as SQL literals and casts write them: <c>2024-02-29</c>, <c>09:30</c>, <c>2024-02-29T09:30:00.5Z</c>.
/// </summary>
internal static class TemporalText
{
    private const NumberStyles Digits = NumberStyles.None;
    private const int MillisecondsPerDay = 86_400_000;
    private const string Shortest = "00:00:00";

    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];

    /// <exception cref="FormatException">The text is no date.</exception>
    public static SqlDate Date(string text) =>
        DateOnly.TryParseExact(text.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber)
            : throw new FormatException($"'{text}' is no DATE: write yyyy-MM-dd");

    /// <summary>Reads a time of day as Java's LocalTime does: <c>09:30</c>, <c>09:30:05</c>, <c>09:30:05.123</c>.</summary>
    /// <exception cref="FormatException">The text is no time of day.</exception>
    public static SqlTime Time(string text) => Parts(text.Trim()) is [{ } hours, { } minutes, { } seconds] && hours < 24
        ? new(Milliseconds(hours, minutes, seconds))
        : throw new FormatException($"'{text}' is no TIME: write HH:mm:ss.SSS");

    /// <summary>
    /// Reads a moment, in UTC where it has no zone. The shorter forms (<c>2024</c>, <c>2024-02-29T09</c>) stand for their first moment.
    /// </summary>
    /// <exception cref="FormatException">The text is no moment.</exception>
    public static SqlTimestamp Timestamp(string text)
    {
        var trimmed = text.Trim();
        var zoneAt = trimmed.IndexOfAny(['Z', '+'], Math.Min(10, trimmed.Length));
        if (zoneAt < 0 && trimmed.Length > 11)
            zoneAt = trimmed.IndexOf('-', 11);
        var local = zoneAt < 0 ? trimmed : trimmed[..zoneAt];
        var timeAt = local.IndexOfAny(['T', ' ']);
        var days = Date(timeAt < 0 ? local : local[..timeAt]).Days;
        var time = timeAt < 0 ? 0 : OfDay(local[(timeAt + 1)..], text);
        var offset = zoneAt < 0 ? 0 : OffsetOf(trimmed[zoneAt..], text);
        return new((days * (long)MillisecondsPerDay) + time - offset);
    }

    /// <summary>Reads HH:mm:ss as milliseconds: parts that are left out are zero, and 24:00 is the end of the day, as in Java.</summary>
    private static int OfDay(string text, string whole)
    {
        var full = text.Length < Shortest.Length ? text + Shortest[text.Length..] : text;
        return Parts(full) is [{ } hours, { } minutes, { } seconds] && Milliseconds(hours, minutes, seconds) <= MillisecondsPerDay
            ? Milliseconds(hours, minutes, seconds)
            : throw new FormatException($"'{whole}' is no TIMESTAMP: write yyyy-MM-ddTHH:mm:ss.SSS");
    }

    /// <summary>Reads hours, minutes and seconds; null for a part that is no number.</summary>
    private static double?[] Parts(string text)
    {
        var parts = text.Split(':');
        var seconds = parts.Length == 3 ? Seconds(parts[2]) : 0;
        return parts.Length is 2 or 3 ? [TwoDigits(parts[0], 24), TwoDigits(parts[1], 59), seconds] : [];
    }

    private static double? TwoDigits(string text, int most) =>
        text.Length == 2 && int.TryParse(text, Digits, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static double? Seconds(string text)
    {
        var fraction = text.Length > 3 && text[2] == '.' ? text[3..] : "0";
        var isFraction = (text.Length == 2 || text.Length > 3) && fraction.Length <= 9 && fraction.All(char.IsAsciiDigit);
        return isFraction && TwoDigits(text[..2], 59) is { } whole
            ? whole + double.Parse($"0.{fraction}", CultureInfo.InvariantCulture)
            : null;
    }

    private static int Milliseconds(double? hours, double? minutes, double? seconds) =>
        (int)Math.Floor((((((hours ?? 0) * 60) + (minutes ?? 0)) * 60) + (seconds ?? 0)) * 1000 + 1e-6);

    private static long OffsetOf(string zone, string text)
    {
        if (zone == "Z")
            return 0;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is not (2 or 4) || !int.TryParse(digits, Digits, CultureInfo.InvariantCulture, out var number))
            throw new FormatException($"'{text}' is no TIMESTAMP: its zone '{zone}' is not Z, +HH or +HH:mm");
        var (hours, minutes) = digits.Length == 2 ? (number, 0) : (number / 100, number % 100);
        return (zone[0] == '-' ? -1 : 1) * ((hours * 60L) + minutes) * 60_000;
    }
}
