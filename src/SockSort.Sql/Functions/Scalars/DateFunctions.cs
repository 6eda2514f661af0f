using SockSort.Sql.JavaTime;
using SockSort.Sql.Types;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Moments, days and times of day as text and back.</summary>
internal sealed class DateFunctions : IFunctionFamily
{
    public string Title => "Dates and times as text";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction(
            "TIMESTAMPTOSTRING",
            "a moment, in milliseconds since 1970, as text; letters of Java's DateTimeFormatter (hh is the 12-hour clock, HH the 24-hour "
                + "one); UTC, or the zone given")
            .Example("TIMESTAMPTOSTRING(1600000000000, 'yyyy-MM-dd HH:mm:ss')", "2020-09-13 12:26:40")
            .Example("TIMESTAMPTOSTRING(1600000000000, 'hh:mm a', 'Europe/Berlin')", "02:26 PM")
            .On((long milliseconds, string format) => JavaDateFormat.Of(format).FormatTimestamp(milliseconds, TimeZoneInfo.Utc))
            .On((long milliseconds, string format, string zone) =>
                JavaDateFormat.Of(format).FormatTimestamp(milliseconds, ZoneNames.Find(zone))),
        new ScalarFunction("FORMAT_TIMESTAMP", "a moment as text; letters of Java's DateTimeFormatter; UTC, or the zone given")
            .Example("FORMAT_TIMESTAMP(FROM_UNIXTIME(1600000000000), 'yyyy-MM-dd''T''HH:mm:ss.SSSX')", "2020-09-13T12:26:40.000Z")
            .Example("FORMAT_TIMESTAMP(FROM_UNIXTIME(1600000000000), 'dd MMM HH:mm zzz', 'America/Los_Angeles')", "13 Sep 05:26 PDT")
            .On((SqlTimestamp moment, string format) => JavaDateFormat.Of(format).FormatTimestamp(moment.Milliseconds, TimeZoneInfo.Utc))
            .On((SqlTimestamp moment, string format, string zone) =>
                JavaDateFormat.Of(format).FormatTimestamp(moment.Milliseconds, ZoneNames.Find(zone))),
        new ScalarFunction("FORMAT_DATE", "a day as text; letters of Java's DateTimeFormatter")
            .Example("FORMAT_DATE(FROM_DAYS(18518), 'dd.MM.yyyy')", "13.09.2020")
            .On((SqlDate day, string format) => JavaDateFormat.Of(format).FormatDate(day)),
        new ScalarFunction("FORMAT_TIME", "a time of day as text; letters of Java's DateTimeFormatter")
            .Example("FORMAT_TIME(PARSE_TIME('14:26:40', 'HH:mm:ss'), 'hh:mm a')", "02:26 PM")
            .On((SqlTime time, string format) => JavaDateFormat.Of(format).FormatTime(time)),
        new ScalarFunction("DATETOSTRING", "a day, counted from 1970-01-01, as text; letters of Java's DateTimeFormatter")
            .Example("DATETOSTRING(18262, 'dd.MM.yyyy')", "01.01.2020")
            .On((int days, string format) => JavaDateFormat.Of(format).FormatDate(new SqlDate(days))),
        new ScalarFunction(
            "STRINGTOTIMESTAMP",
            "the moment that a text names, in milliseconds since 1970; what the text does not name is that of 1970-01-01 00:00; UTC, or "
                + "the zone given, unless the text names one")
            .Example("STRINGTOTIMESTAMP('2020-09-13 12:26:40', 'yyyy-MM-dd HH:mm:ss')", "1600000000000")
            .Example("STRINGTOTIMESTAMP('2020-09-13 14:26', 'yyyy-MM-dd HH:mm', 'Europe/Berlin')", "1599999960000")
            .On((string text, string format) => JavaDateFormat.Of(format).ParseTimestamp(text, TimeZoneInfo.Utc))
            .On((string text, string format, string zone) => JavaDateFormat.Of(format).ParseTimestamp(text, ZoneNames.Find(zone))),
        new ScalarFunction(
            "PARSE_TIMESTAMP",
            "the moment that a text names; what the text does not name is that of 1970-01-01 00:00; UTC, or the zone given, "
                + "unless the text names one")
            .Example("PARSE_TIMESTAMP('2020-09-13 12:26:40', 'yyyy-MM-dd HH:mm:ss')", "2020-09-13T12:26:40.000")
            .On((string text, string format) => new SqlTimestamp(JavaDateFormat.Of(format).ParseTimestamp(text, TimeZoneInfo.Utc)))
            .On((string text, string format, string zone) =>
                new SqlTimestamp(JavaDateFormat.Of(format).ParseTimestamp(text, ZoneNames.Find(zone)))),
        new ScalarFunction("PARSE_DATE", "the day that a text names; what the text does not name is that of 1970-01-01; no time of day")
            .Example("PARSE_DATE('13.09.2020', 'dd.MM.yyyy')", "2020-09-13")
            .Example("PARSE_DATE('JAN-2022', 'MMM-yyyy')", "2022-01-01")
            .On((string text, string format) => JavaDateFormat.Of(format).ParseDateOnly(text)),
        new ScalarFunction("PARSE_TIME", "the time of day that a text names: the hour at least, and no day")
            .Example("PARSE_TIME('02:26 PM', 'hh:mm a')", "14:26")
            .On((string text, string format) => JavaDateFormat.Of(format).ParseTime(text)),
        new ScalarFunction("STRINGTODATE", "the day that a text names, counted from 1970-01-01")
            .Example("STRINGTODATE('13.09.2020', 'dd.MM.yyyy')", "18518")
            .On((string text, string format) => JavaDateFormat.Of(format).ParseDate(text).Days),
    ];
}
