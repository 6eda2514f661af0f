using System.Globalization;
using Confluent.Kafka.Admin;

namespace SockSort.Log.Kafka.Topics;

/// <summary>A topic's retention as settings of Kafka's, and back.</summary>
internal static class TopicSettings
{
    private const string Time = "retention.ms";
    private const string Bytes = "retention.bytes";
    private const string Unlimited = "-1";

    public static Dictionary<string, string> Of(TopicRetention retention) => new()
    {
        [Time] = retention.Time is { } time ? ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : Unlimited,
        [Bytes] = retention.Bytes?.ToString(CultureInfo.InvariantCulture) ?? Unlimited,
    };

    /// <summary>A topic that is only compacted keeps the newest record of each key for good.</summary>
    public static TopicRetention Retention(Dictionary<string, ConfigEntryResult> entries)
    {
        if (entries.TryGetValue("cleanup.policy", out var policy) && policy.Value == "compact")
            return TopicRetention.Everything;
        var (time, bytes) = (Number(entries, Time), Number(entries, Bytes));
        return new TopicRetention(time is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null, bytes);
    }

    private static long? Number(Dictionary<string, ConfigEntryResult> entries, string name)
    {
        var text = entries.GetValueOrDefault(name)?.Value;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : null;
    }
}
