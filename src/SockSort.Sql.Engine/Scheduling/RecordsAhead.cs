using System.Globalization;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>
/// The words for records whose time is ahead of the clock: a clock that is wrong somewhere costs records that come after them.
/// </summary>
internal static class RecordsAhead
{
    /// <summary>So far it may be: clocks differ a little.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    public static string Text(string topic, int partition, long offset, long timestampMs, DateTimeOffset now) =>
        $"topic '{topic}', partition {partition}, offset {offset}: its time, {Words(timestampMs, now)}";

    /// <summary>Where it is not known which record it is.</summary>
    public static string Text(string topic, long timestampMs, DateTimeOffset now) =>
        $"topic '{topic}': the newest time of its records, {Words(timestampMs, now)}";

    private static string Words(long timestampMs, DateTimeOffset now)
    {
        // A timestamp may be any number of 64 bits.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(timestampMs, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
        var ahead = (at - now).ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{at:yyyy-MM-ddTHH:mm:ssZ}, is {ahead} (days.hours:minutes:seconds) ahead of this machine's clock: windows close by it, and "
            + $"records with the true time then come too late and are left out ('late' counts them); set the clock of what writes the "
            + $"topic, or this machine's");
    }
}
