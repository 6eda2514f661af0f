using System.Globalization;
using System.Text;
using SockSort.Log;
using SockSort.Sql.Catalog;

namespace SockSort.Sql.Engine.Execution;

/// <summary>
/// Puts records that a query could not process into the dead letter topic: key and value as they were, their place and the reason in
/// headers.
/// </summary>
/// <remarks>The headers are named as in Kafka Connect's dead letter queues; the records are stored with the query's next commit.</remarks>
internal sealed class DeadLetters(ITopicWriter topics, string queryId, QueryMetrics metrics)
{
    public const string Topic = ProcessingLog.Topic;

    /// <summary>Prefix of the names of the headers that describe a dead letter.</summary>
    public const string Prefix = "__connect.errors.";

    /// <param name="topic">The topic that the record was read from.</param>
    /// <param name="record">The record as it was read.</param>
    /// <param name="reason">What is wrong with it; names the field where one is at fault.</param>
    /// <remarks>A dead letter that cannot be processed makes no other one: a query over this topic would feed itself.</remarks>
    public void Put(string topic, in LogRecord record, string reason)
    {
        if (topic == Topic)
            return;
        RecordHeader[] headers =
        [
            Header("topic", topic),
            Header("partition", record.Partition.ToString(CultureInfo.InvariantCulture)),
            Header("offset", record.Offset.ToString(CultureInfo.InvariantCulture)),
            Header("connector.name", queryId),
            Header("exception.message", reason),
        ];
        var deadLetter = NewRecord.Of(record.TimestampMs, record.Key?.ToArray(), record.Value?.ToArray(), [.. headers, .. record.Headers]);
        if (deadLetter.LengthBytes > topics.MostRecordBytes)
        {
            // With these headers the record is too large for a topic: it can still be found in its place.
            var leftOut = Header("left.out", "key, value and headers: too large");
            deadLetter = new(Key: null, Value: null, record.TimestampMs, [.. headers, leftOut]);
        }
        _ = topics.Write(Topic, deadLetter, metrics);
    }

    private static RecordHeader Header(string name, string value) => new(Prefix + name, Encoding.UTF8.GetBytes(value));
}
