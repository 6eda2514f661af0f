using System.Globalization;
using SockSort.Sql.Types;

namespace SockSort.Sql.Values;

/// <summary>Dates and times as SQL literals and casts write them: <c>2024-02-29</c>, <c>09:30</c>, <c>2024-02-29T09:30:00.5Z</c>.</summary>
internal static class TemporalText
{
    private const NumberStyles Digits = NumberStyles.None;

    /// <exception cref="FormatException">The text is no date.</exception>
    public static SqlDate Date(string text) =>
        DateOnly.TryParseExact(text.Trim(), ["yyyy-M-d", "yyyy-M", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? new(date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber)
            : throw new FormatException($"'{text}' is no DATE: write yyyy-MM-dd");

    /// <exception cref="FormatException">The text is no time of day.</exception>
    public static SqlTime Time(string text)
    {
        var parts = text.Trim().Split(':');
        if (parts.Length is < 1 or > 3 || !int.TryParse(parts[0], Digits, CultureInfo.InvariantCulture, out var hours) || hours > 23)
            throw new FormatException($"'{text}' is no TIME: write HH:mm:ss.SSS");
        var (minutes, seconds) = (0, 0.0);
        var hasMinutes = parts.Length < 2 || (int.TryParse(parts[1], Digits, CultureInfo.InvariantCulture, out minutes) && minutes < 60);
        var hasSeconds = parts.Length < 3
            || (double.TryParse(parts[2], CultureInfo.InvariantCulture, out seconds) && seconds is >= 0 and < 60);
        return !hasMinutes || !hasSeconds
            ? throw new FormatException($"'{text}' is no TIME: write HH:mm:ss.SSS")
            : new((((hours * 60) + minutes) * 60_000) + (int)Math.Floor((seconds * 1000) + 1e-6));
    }

    /// <summary>Without a zone: UTC. The shorter forms (<c>2024</c>, <c>2024-02-29T09</c>) stand for their first moment.</summary>
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
        var time = timeAt < 0 || timeAt == local.Length - 1 ? 0 : Time(local[(timeAt + 1)..]).Milliseconds;
        var offset = zoneAt < 0 ? 0 : OffsetOf(trimmed[zoneAt..], text);
        return new((days * 86_400_000L) + time - offset);
    }

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
