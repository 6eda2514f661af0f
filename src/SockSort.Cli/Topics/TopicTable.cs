using System.Globalization;
using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>Prints the list of topics, as columns or as JSON.</summary>
internal static class TopicTable
{
    private static readonly string[] Titles = ["topic", "partitions", "records", "first", "last", "bytes", "kept"];

    public static void Write(ILogReader log, bool asJson, TextWriter into)
    {
        var topics = log.Topics().Select(topic => new Sized(topic, log.PartitionsOf(topic.Name))).ToList();
        if (asJson)
        {
            foreach (var topic in topics)
                into.WriteLine(Json(topic));
            return;
        }
        Columns.Write([Titles, .. topics.Select(Cells)], isNamed: true, into);
        if (topics.Count == 0)
            into.WriteLine("(none yet)");
    }

    private static string[] Cells(Sized topic) =>
    [
        topic.Info.Name,
        topic.Partitions.Count.ToString(CultureInfo.InvariantCulture),
        topic.Records.ToString(CultureInfo.InvariantCulture),
        First(topic)?.ToString(CultureInfo.InvariantCulture) ?? "-",
        Last(topic)?.ToString(CultureInfo.InvariantCulture) ?? "-",
        topic.LengthBytes?.ToString(CultureInfo.InvariantCulture) ?? "-",
        Kept(topic.Info.Retention),
    ];

    private static string Kept(TopicRetention retention)
    {
        if (retention == TopicRetention.Everything)
            return "all";
        var time = retention.Time is { } longest ? Durations.Shown(longest) : null;
        var bytes = retention.Bytes is { } most ? Sizes.Shown(most) : null;
        return string.Join(", ", new[] { time, bytes }.OfType<string>());
    }

    private static string Json(Sized topic) => JsonSerializer.Serialize(new
    {
        topic = topic.Info.Name,
        partitions = topic.Partitions.Count,
        records = topic.Records,
        first = First(topic),
        last = Last(topic),
        bytes = topic.LengthBytes,
        removed = topic.RemovedRecords,
        retentionMs = (long?)topic.Info.Retention.Time?.TotalMilliseconds,
        retentionBytes = topic.Info.Retention.Bytes,
    });

    // Null if the topic is empty.
    private static long? First(Sized topic) => topic.Partitions.Where(part => part.Records > 0).Min(part => (long?)part.FirstOffset);

    private static long? Last(Sized topic) => topic.Partitions.Where(part => part.Records > 0).Max(part => (long?)part.EndOffset - 1);

    private sealed record Sized(TopicInfo Info, IReadOnlyList<PartitionInfo> Partitions)
    {
        public long Records => Partitions.Sum(partition => partition.Records);

        // Offsets count from 0 without gaps, so the first offset is the number of removed records.
        public long RemovedRecords => Partitions.Sum(partition => partition.FirstOffset);

        /// <summary>Null if the log cannot tell the size of one.</summary>
        public long? LengthBytes =>
            Partitions.Any(partition => partition.LengthBytes is null) ? null : Partitions.Sum(partition => partition.LengthBytes);
    }
}
