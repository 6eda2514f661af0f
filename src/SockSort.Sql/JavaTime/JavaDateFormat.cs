using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SockSort.Sql.Types;

namespace SockSort.Sql.JavaTime;

/// <summary>
/// A pattern of Java's <c>DateTimeFormatter</c> (<c>yyyy-MM-dd'T'HH:mm:ss.SSSX</c>): writes and reads moments, dates and times.
/// </summary>
public sealed class JavaDateFormat
{
    // Patterns come from statements and rarely from columns; a column full of different ones must not fill the memory.
    private const int MaxCached = 1000;

    private const string DateLetters = "GuyDMLdQqYwWEecF";
    private const string TimeLetters = "aBhKkHmsSAnN";
    private const string ZoneLetters = "VzOXxZv";
    private const string NotInDates = TimeLetters + ZoneLetters;
    private const string NotInTimes = DateLetters + ZoneLetters;

    private static readonly ConcurrentDictionary<string, JavaDateFormat> Cache = new(StringComparer.Ordinal);

    private readonly IReadOnlyList<PatternPart> _parts;

    private JavaDateFormat(string pattern)
    {
        Pattern = pattern;
        _parts = JavaPattern.Read(pattern);
    }

    public string Pattern { get; }

    /// <exception cref="FormatException">The text is no pattern of Java's.</exception>
    public static JavaDateFormat Of(string pattern)
    {
        if (Cache.TryGetValue(pattern, out var known))
            return known;
        var format = new JavaDateFormat(pattern);
        if (Cache.Count < MaxCached)
            _ = Cache.TryAdd(pattern, format);
        return format;
    }

    /// <param name="milliseconds">Milliseconds since 1970, UTC.</param>
    /// <exception cref="FormatException">A moment beyond the years 1 to 9999.</exception>
    public string FormatTimestamp(long milliseconds, TimeZoneInfo zone)
    {
        try
        {
            var utc = DateTime.UnixEpoch.AddMilliseconds(milliseconds);
            var offset = zone.GetUtcOffset(utc);
            var text = new StringBuilder();
            JavaDateWriter.Write(text, _parts, utc + offset, offset, zone);
            return text.ToString();
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new FormatException($"{milliseconds} ms lie beyond the years 1 to 9999", error);
        }
    }

    /// <exception cref="FormatException">The pattern asks for a time of day or a zone.</exception>
    public string FormatDate(SqlDate date) => FormatLocal(date.Days * 86_400_000L, NotInDates, "a DATE has no time of day and no zone");

    /// <exception cref="FormatException">The pattern asks for a day or a zone.</exception>
    public string FormatTime(SqlTime time) => FormatLocal(time.Milliseconds, NotInTimes, "a TIME has no day and no zone");

    /// <summary>
    /// Reads milliseconds since 1970. Fields that the pattern lacks are those of 1970-01-01T00:00:00; without a zone in the text, <paramref
    /// name="zone"/> is taken.
    /// </summary>
    /// <exception cref="FormatException">The text does not fit.</exception>
    public long ParseTimestamp(string text, TimeZoneInfo zone)
    {
        var fields = Parse(text);
        try
        {
            return (long)Math.Floor((Utc(fields, zone) - DateTime.UnixEpoch).TotalMilliseconds);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new FormatException($"'{text}' lies, in UTC, outside of the years 1 to 9999", error);
        }
    }

    private static DateTime Utc(ParsedFields fields, TimeZoneInfo zone)
    {
        var local = fields.Date() + fields.TimeOfDay();
        if (fields.Offset is { } offset)
            return local - offset;
        var used = fields.Zone ?? zone;
        // The hour that comes twice is the first one, as in Java: the larger offset.
        if (used.IsAmbiguousTime(local))
            return local - used.GetAmbiguousTimeOffsets(local).Max();
        return used.IsInvalidTime(local) ? local - used.BaseUtcOffset : TimeZoneInfo.ConvertTimeToUtc(local, used);
    }

    /// <summary>Reads the day that the text names; its time of day does not count.</summary>
    /// <exception cref="FormatException">The text does not fit, or lacks year, month or day.</exception>
    public SqlDate ParseDate(string text) => DateIn(Parse(text));

    /// <summary>
    /// As <see cref="ParseDate"/>, but what the text does not name is that of 1970-01-01, and text after the date does not count, as for
    /// Java's SimpleDateFormat (null.json: coalesce - with parse_date).
    /// </summary>
    /// <exception cref="FormatException">The text does not fit, or names a time of day other than midnight.</exception>
    public SqlDate ParseDateOnly(string text)
    {
        var fields = Parse(text, mayEndEarly: true);
        return fields.TimeOfDay() == TimeSpan.Zero
            ? new((int)(fields.Date() - DateTime.UnixEpoch).TotalDays)
            : throw new FormatException($"'{text}' names a time of day, and a DATE has none");
    }

    /// <exception cref="FormatException">The text does not fit, lacks the hour, or the pattern has a day.</exception>
    public SqlTime ParseTime(string text) => PatternPart.FirstOf(_parts, DateLetters) is { } letter
        ? throw new FormatException($"the pattern '{Pattern}' has the letter {letter}, and a TIME has no day")
        : new((int)(Parse(text).WholeTime().TotalMilliseconds % 86_400_000));

    private string FormatLocal(long milliseconds, string unknown, string problem) => PatternPart.FirstOf(_parts, unknown) is { } letter
        ? throw new FormatException($"the pattern '{Pattern}' has the letter {letter}, and {problem}")
        : FormatTimestamp(milliseconds, TimeZoneInfo.Utc);

    private static SqlDate DateIn(ParsedFields fields) => new((int)(fields.WholeDate() - DateTime.UnixEpoch).TotalDays);

    private ParsedFields Parse(string text, bool mayEndEarly = false)
    {
        var reader = new JavaDateReader(text);
        return reader.TryRead(_parts) && (mayEndEarly || reader.AtEnd)
            ? reader.Fields
            : throw new FormatException(
                string.Create(
                    CultureInfo.InvariantCulture, $"'{text}' does not fit the pattern '{Pattern}' at character {reader.Position + 1}"));
    }
}
