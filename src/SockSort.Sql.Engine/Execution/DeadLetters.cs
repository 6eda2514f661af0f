using System.Globalization;
using System.Text;
using SockSort.Log;
using SockSort.Sql.Catalog;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Keeps records that a query could not read or work on, in a topic of their own: key and value as they were, where they lay and why in
/// headers.
/// </summary>
/// <remarks>The headers' names are those of Kafka Connect's dead letter queues; they are stored with the query's next commit.</remarks>
internal sealed class DeadLetters(ITopicWriter topics, string queryId, QueryMetrics metrics)
{
    public const string Topic = ProcessingLog.Topic;

    /// <summary>Of the names of the headers that tell of a letter.</summary>
    public const string Prefix = "__connect.errors.";

    /// <param name="topic">Where the record lay.</param>
    /// <param name="record">As it was read.</param>
    /// <param name="reason">What is wrong with it; names the field where one is at fault.</param>
    /// <remarks>A letter that does not read makes no other letter: a query over this topic would feed itself.</remarks>
    public void Put(string topic, in LogRecord record, string reason)
    {
        if (topic == Topic)
            return;
        RecordHeader[] told =
        [
            Header("topic", topic),
            Header("partition", record.Partition.ToString(CultureInfo.InvariantCulture)),
            Header("offset", record.Offset.ToString(CultureInfo.InvariantCulture)),
            Header("connector.name", queryId),
            Header("exception.message", reason),
        ];
        var letter = NewRecord.Of(record.TimestampMs, record.Key?.ToArray(), record.Value?.ToArray(), [.. told, .. record.Headers]);
        if (letter.LengthBytes > topics.MostRecordBytes)
        {
            // With what is told of it the record is too large for a topic: it can still be found where it lies.
            letter = new(Key: null, Value: null, record.TimestampMs, [.. told, Header("left.out", "key, value and headers: too large")]);
        }
        _ = topics.Write(Topic, letter, metrics);
    }

    private static RecordHeader Header(string name, string value) => new(Prefix + name, Encoding.UTF8.GetBytes(value));
}
