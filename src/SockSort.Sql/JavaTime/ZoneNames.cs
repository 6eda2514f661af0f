using System.Globalization;

namespace SockSort.Sql.JavaTime;

/// <summary>Zones by id (<c>Europe/Berlin</c>, <c>UTC</c>, <c>+02:00</c>) and the common American abbreviations.</summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, Zone> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PST"] = new("America/Los_Angeles", "PST", "PDT", "Pacific Standard Time", "Pacific Daylight Time"),
        ["MST"] = new("America/Denver", "MST", "MDT", "Mountain Standard Time", "Mountain Daylight Time"),
        ["CST"] = new("America/Chicago", "CST", "CDT", "Central Standard Time", "Central Daylight Time"),
        ["EST"] = new("America/New_York", "EST", "EDT", "Eastern Standard Time", "Eastern Daylight Time"),
        ["CET"] = new("Europe/Paris", "CET", "CEST", "Central European Standard Time", "Central European Summer Time"),
        ["GMT"] = new("Europe/London", "GMT", "BST", "Greenwich Mean Time", "British Summer Time"),
        ["JST"] = new("Asia/Tokyo", "JST", "JDT", "Japan Standard Time", "Japan Daylight Time"),
        ["IST"] = new("Asia/Kolkata", "IST", "IST", "India Standard Time", "India Standard Time"),
        ["AEST"] = new("Australia/Sydney", "AEST", "AEDT", "Australian Eastern Standard Time", "Australian Eastern Daylight Time"),
    };

    private static readonly HashSet<string> CentralEuropean =
        ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "Europe/Madrid", "Europe/Rome", "Europe/Amsterdam",
        "Europe/Brussels", "Europe/Copenhagen", "Europe/Oslo", "Europe/Stockholm", "Europe/Warsaw", "Europe/Prague", "Europe/Budapest"];

    /// <exception cref="FormatException">There is no such zone.</exception>
    public static TimeZoneInfo Find(string id)
    {
        if (id is "UTC" or "Z" or "GMT" or "UT")
            return TimeZoneInfo.Utc;
        var sign = id.IndexOfAny(['+', '-']);
        if (sign >= 0 && id[..sign] is "" or "UTC" or "GMT" or "UT" && TryOffset(id[sign..], out var offset))
            return TimeZoneInfo.CreateCustomTimeZone(id, offset, id, id);
        var known = Abbreviations.TryGetValue(id.Replace("DT", "ST", StringComparison.OrdinalIgnoreCase), out var zone) ? zone.Id : id;
        return TimeZoneInfo.TryFindSystemTimeZoneById(known, out var found)
            ? found
            : throw new FormatException($"there is no time zone '{id}'");
    }

    /// <summary>Reads <c>+2</c>, <c>+02</c>, <c>+0230</c>, <c>+02:30</c>.</summary>
    private static bool TryOffset(string text, out TimeSpan offset)
    {
        var digits = text[1..].Replace(":", "", StringComparison.Ordinal);
        offset = TimeSpan.Zero;
        if (digits.Length is not (1 or 2 or 4)
            || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        var (hours, minutes) = digits.Length == 4 ? (number / 100, number % 100) : (number, 0);
        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        // .NET's zones end at 14 hours, Java's at 18.
        return hours <= 14 && minutes < 60;
    }

    public static string NameOf(TimeZoneInfo zone, DateTime local, bool isLong)
    {
        if (zone.Equals(TimeZoneInfo.Utc))
            return isLong ? "Coordinated Universal Time" : "UTC";
        var id = CentralEuropean.Contains(zone.Id) ? "Europe/Paris" : zone.Id;
        if (Abbreviations.Values.FirstOrDefault(entry => entry.Id == id) is not { } known)
            return zone.Id;
        return (zone.IsDaylightSavingTime(local), isLong) switch
        {
            (true, true) => known.LongDaylight,
            (true, false) => known.Daylight,
            (false, true) => known.LongStandard,
            _ => known.Standard,
        };
    }

    private sealed record Zone(string Id, string Standard, string Daylight, string LongStandard, string LongDaylight);
}
