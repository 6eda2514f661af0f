using System.Globalization;

namespace SockSort.Deploy.Flink;

/// <summary>
/// How a query reads a stream. Each way is a table of its own: in Flink a table has one place to begin, and one watermark.
/// </summary>
/// <param name="FromBeginning">Whether it begins with the records that are there.</param>
/// <param name="Behind">How far the watermark is behind the newest record; null without windows.</param>
internal sealed record FlinkReading(bool FromBeginning, TimeSpan? Behind)
{
    /// <summary>The table's name: it says all, so that a query's text does not depend on other queries.</summary>
    public string NameFor(string stream)
    {
        var start = FromBeginning ? "earliest" : "latest";
        return Behind is { } behind
            ? string.Create(CultureInfo.InvariantCulture, $"{stream} from {start}, {behind.TotalSeconds} s behind")
            : $"{stream} from {start}";
    }
}
