using System.Globalization;
using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>The position in a topic at which a reader starts.</summary>
internal sealed class TopicStart
{
    private readonly Func<ILogReader, string, PartitionInfo, long> _of;

    private TopicStart(Func<ILogReader, string, PartitionInfo, long> of) => _of = of;

    /// <summary>The oldest stored record.</summary>
    public static TopicStart Earliest { get; } = new((_, _, partition) => partition.FirstOffset);

    /// <summary>The next record to be appended.</summary>
    public static TopicStart Latest { get; } = new((_, _, partition) => partition.EndOffset);

    /// <summary>A consumer's committed offset, or the oldest record if it has none.</summary>
    public static TopicStart OfConsumer(string name) => new((log, topic, partition) =>
        log.CommittedOffset(name, topic, partition.Partition) ?? partition.FirstOffset);

    /// <summary>Parses <c>earliest</c>, <c>latest</c> or an offset, as Kafka's tools do.</summary>
    public static bool TryParse(string text, out TopicStart? start)
    {
        start = text switch
        {
            "earliest" => Earliest,
            "latest" => Latest,
            _ => null,
        };
        if (start is null && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            start = new TopicStart((_, _, partition) => Math.Clamp(offset, partition.FirstOffset, partition.EndOffset));
        return start is not null;
    }

    /// <summary>The start offset in one partition.</summary>
    public long Of(ILogReader log, string topic, PartitionInfo partition) => _of(log, topic, partition);
}
