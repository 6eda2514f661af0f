using System.Globalization;

namespace SockSort.Dashboard.Watching;

/// <summary>Numbers and times as pages show them.</summary>
internal static class Shown
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => string.Create(CultureInfo.InvariantCulture, $"{perSecond:0.0} /s");

    public static string Bytes(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1000 && unit < Units.Length - 1)
            (size, unit) = (size / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }

    /// <summary>The moment of a time that a record tells; out of all range it is the nearest that there is.</summary>
    /// <param name="ms">Milliseconds since 1970, UTC.</param>
    public static DateTimeOffset At(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(ms, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>A duration as <c>12.3 ms</c>; a dash for none.</summary>
    public static string Milliseconds(TimeSpan? time) =>
        time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalMilliseconds:0.0} ms") : "–";

    public static string Clock(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Moment(DateTimeOffset at) => at.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>An age in one unit: <c>12 s ago</c>.</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at).TotalSeconds switch
    {
        < 2 => "now",
        < 100 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s ago"),
        < 6000 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min ago"),
        < 172800 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0} h ago"),
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400:0} d ago"),
    };
}
