namespace SockSort.Sql.JavaTime;

/// <summary>Zones by id (<c>Europe/Berlin</c>, <c>UTC</c>, <c>+02:00</c>) and the common American abbreviations.</summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, (string Id, string Standard, string Daylight)> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PST"] = ("America/Los_Angeles", "PST", "PDT"),
        ["MST"] = ("America/Denver", "MST", "MDT"),
        ["CST"] = ("America/Chicago", "CST", "CDT"),
        ["EST"] = ("America/New_York", "EST", "EDT"),
        ["CET"] = ("Europe/Paris", "CET", "CEST"),
        ["GMT"] = ("Europe/London", "GMT", "BST"),
    };

    /// <exception cref="FormatException">There is no such zone.</exception>
    public static TimeZoneInfo Find(string id)
    {
        if (id is "UTC" or "Z" or "GMT" or "UT")
            return TimeZoneInfo.Utc;
        if (id.Length > 1 && id[0] is '+' or '-' && TimeSpan.TryParse(id.TrimStart('+', '-').Contains(':') ? id.TrimStart('+', '-') : id.TrimStart('+', '-') + ":00", System.Globalization.CultureInfo.InvariantCulture, out var offset))
            return TimeZoneInfo.CreateCustomTimeZone(id, id[0] == '-' ? -offset : offset, id, id);
        var known = Abbreviations.TryGetValue(id.Replace("DT", "ST", StringComparison.OrdinalIgnoreCase), out var zone) ? zone.Id : id;
        return TimeZoneInfo.TryFindSystemTimeZoneById(known, out var found) ? found : throw new FormatException($"there is no time zone '{id}'");
    }

    public static string NameOf(TimeZoneInfo zone, DateTime local, bool isLong)
    {
        if (zone.Equals(TimeZoneInfo.Utc))
            return isLong ? "Coordinated Universal Time" : "UTC";
        var known = Abbreviations.Values.FirstOrDefault(entry => entry.Id == zone.Id);
        var isDaylight = zone.IsDaylightSavingTime(local);
        return known.Id is null || isLong ? zone.Id : isDaylight ? known.Daylight : known.Standard;
    }
}
