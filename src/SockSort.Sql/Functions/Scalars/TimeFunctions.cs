using SockSort.Sql.JavaTime;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Functions.Scalars;

/// <summary>Moments, days and times as numbers, and arithmetic with them.</summary>
internal sealed class TimeFunctions : IFunctionFamily
{
    private const long MillisecondsPerDay = 86_400_000;

    public string Title => "Reckoning with time";

    public IEnumerable<ScalarFunction> Functions =>
    [
        new ScalarFunction("UNIX_TIMESTAMP", "now, or a moment, in milliseconds since 1970")
            .Example("UNIX_TIMESTAMP(FROM_UNIXTIME(1600000000000))", "1600000000000")
            .On((FunctionContext context) => context.Clock.GetUtcNow().ToUnixTimeMilliseconds())
            .On((SqlTimestamp moment) => moment.Milliseconds),
        new ScalarFunction("UNIX_DATE", "today (UTC), or a day, counted from 1970-01-01")
            .Example("UNIX_DATE(FROM_DAYS(18518))", "18518")
            .On((FunctionContext context) => (int)(context.Clock.GetUtcNow().ToUnixTimeMilliseconds() / MillisecondsPerDay))
            .On((SqlDate day) => day.Days),
        new ScalarFunction("FROM_UNIXTIME", "the moment so many milliseconds after the start of 1970")
            .Example("FROM_UNIXTIME(1600000000000)", "2020-09-13T12:26:40.000")
            .On((long milliseconds) => new SqlTimestamp(milliseconds)),
        new ScalarFunction("FROM_DAYS", "the day so many days after 1970-01-01")
            .Example("FROM_DAYS(18518)", "2020-09-13")
            .On((int days) => new SqlDate(days)),
        new ScalarFunction(
            "CONVERT_TZ",
            "a moment moved by the difference between two zones at that moment, so that it reads in the second as it did in the first")
            .Example("CONVERT_TZ(FROM_UNIXTIME(1600000000000), 'UTC', 'Europe/Berlin')", "2020-09-13T14:26:40.000")
            .On((SqlTimestamp moment, string fromZone, string toZone) =>
                ConvertZone(moment, ZoneNames.Find(fromZone), ZoneNames.Find(toZone))),
        new ScalarFunction(
            "TIMESTAMPADD", "a moment and so many units of time after it; units: MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS")
            .Example("TIMESTAMPADD(HOURS, 2, FROM_UNIXTIME(1600000000000))", "2020-09-13T14:26:40.000")
            .On((TimeUnit unit, int count, SqlTimestamp moment) => new SqlTimestamp(moment.Milliseconds + Milliseconds(unit, count))),
        new ScalarFunction("TIMESTAMPSUB", "a moment and so many units of time before it; units as for TIMESTAMPADD")
            .Example("TIMESTAMPSUB(MINUTES, 26, FROM_UNIXTIME(1600000000000))", "2020-09-13T12:00:40.000")
            .On((TimeUnit unit, int count, SqlTimestamp moment) => new SqlTimestamp(moment.Milliseconds - Milliseconds(unit, count))),
        new ScalarFunction("DATEADD", "a day and so many units of time after it, the rest of a day cut off; units as for TIMESTAMPADD")
            .Example("DATEADD(DAYS, 10, FROM_DAYS(18518))", "2020-09-23").Example("DATEADD(HOURS, 25, FROM_DAYS(18518))", "2020-09-14")
            .On((TimeUnit unit, int count, SqlDate day) => Moved(day, Milliseconds(unit, count))),
        new ScalarFunction("DATESUB", "a day and so many units of time before it; units as for TIMESTAMPADD")
            .Example("DATESUB(DAYS, 13, FROM_DAYS(18518))", "2020-08-31")
            .On((TimeUnit unit, int count, SqlDate day) => Moved(day, -Milliseconds(unit, count))),
        new ScalarFunction("TIMEADD", "a time of day and so many units of time after it, round the clock; units as for TIMESTAMPADD")
            .Example("TIMEADD(HOURS, 2, PARSE_TIME('23:30', 'HH:mm'))", "01:30")
            .On((TimeUnit unit, int count, SqlTime time) => Moved(time, Milliseconds(unit, count))),
        new ScalarFunction("TIMESUB", "a time of day and so many units of time before it, round the clock; units as for TIMESTAMPADD")
            .Example("TIMESUB(MINUTES, 45, PARSE_TIME('00:30', 'HH:mm'))", "23:45")
            .On((TimeUnit unit, int count, SqlTime time) => Moved(time, -Milliseconds(unit, count))),
    ];

    private static SqlTimestamp ConvertZone(SqlTimestamp moment, TimeZoneInfo from, TimeZoneInfo to)
    {
        var utc = DateTime.UnixEpoch.AddMilliseconds(moment.Milliseconds);
        return new(moment.Milliseconds + (long)(to.GetUtcOffset(utc) - from.GetUtcOffset(utc)).TotalMilliseconds);
    }

    // As Java's TimeUnit.toDays, the rest is cut towards 1970.
    private static SqlDate Moved(SqlDate day, long milliseconds) =>
        new((int)(((day.Days * MillisecondsPerDay) + milliseconds) / MillisecondsPerDay));

    private static SqlTime Moved(SqlTime time, long milliseconds) =>
        new((int)((((time.Milliseconds + milliseconds) % MillisecondsPerDay) + MillisecondsPerDay) % MillisecondsPerDay));

    /// <exception cref="FunctionException">The unit has no fixed length.</exception>
    private static long Milliseconds(TimeUnit unit, int count) => count * (unit switch
    {
        TimeUnit.Milliseconds => 1,
        TimeUnit.Seconds => 1000,
        TimeUnit.Minutes => 60_000,
        TimeUnit.Hours => 3_600_000,
        TimeUnit.Days => MillisecondsPerDay,
        TimeUnit.Weeks => 7 * MillisecondsPerDay,
        _ => throw new FunctionException($"{unit.ToString().ToUpperInvariant()} differ in length: use DAYS"),
    });
}
