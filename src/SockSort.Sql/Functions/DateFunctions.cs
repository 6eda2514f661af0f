using SockSort.Sql.JavaTime;
using SockSort.Sql.Types;

namespace SockSort.Sql.Functions;

/// <summary>Moments, dates and times as text, and the clock.</summary>
internal sealed class DateFunctions : IFunctionFamily
{
    public string Title => "Date and time";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("TIMESTAMPTOSTRING", "a moment as text; letters of Java's DateTimeFormatter; UTC, or the zone given")
            .Example("TIMESTAMPTOSTRING(1600000000000, 'yyyy-MM-dd HH:mm:ss')", "2020-09-13 12:26:40")
            .Example("TIMESTAMPTOSTRING(1600000000000, 'HH:mm', 'Europe/Berlin')", "14:26")
            .On((long milliseconds, string format) => JavaDateFormat.Of(format).FormatTimestamp(milliseconds, TimeZoneInfo.Utc))
            .On((long milliseconds, string format, string zone) => JavaDateFormat.Of(format).FormatTimestamp(milliseconds, ZoneNames.Find(zone))),
        new ScalarFunction("STRINGTOTIMESTAMP", "the moment that a text names, in milliseconds since 1970; UTC, or the zone given")
            .Example("STRINGTOTIMESTAMP('2020-09-13 12:26:40', 'yyyy-MM-dd HH:mm:ss')", "1600000000000")
            .On((string text, string format) => JavaDateFormat.Of(format).ParseTimestamp(text, TimeZoneInfo.Utc))
            .On((string text, string format, string zone) => JavaDateFormat.Of(format).ParseTimestamp(text, ZoneNames.Find(zone))),
        new ScalarFunction("DATETOSTRING", "a day, counted from 1970-01-01, as text")
            .Example("DATETOSTRING(18262, 'dd.MM.yyyy')", "01.01.2020")
            .On((int days, string format) => JavaDateFormat.Of(format).FormatDate(new SqlDate(days))),
        new ScalarFunction("UNIX_TIMESTAMP", "now, or a moment, in milliseconds since 1970")
            .On((FunctionContext context) => context.Clock.GetUtcNow().ToUnixTimeMilliseconds())
            .On((SqlTimestamp timestamp) => timestamp.Milliseconds),
    ];
}
