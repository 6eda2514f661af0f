using System.Globalization;
using System.Text;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Log;
using SockSort.Shared;

namespace SockSort.Connect.Sinks;

/// <summary>
/// Collects the records that a sink could not deliver, each unchanged, with the reason in the headers of Kafka Connect's dead letter
/// queues. Used by one thread at a time.
/// </summary>
/// <param name="connector">The connector's name.</param>
/// <param name="topic">The dead letter topic.</param>
/// <param name="areTolerated">Whether such records are told of and passed over; else the sink fails.</param>
internal sealed class ErrantRecords(string connector, string topic, bool areTolerated, ConnectorPlace place)
{
    private const string Prefix = "__connect.errors.";

    private readonly GrowingCount _news = new(place.Clock);
    private readonly RecordPlacer _placer = new(place.Log);
    private List<NewRecord> _letters = [];
    private long _count;

    /// <summary>Whether such records are told of and passed over; else the sink fails.</summary>
    public bool AreTolerated => areTolerated;

    /// <summary>As the keys of <see cref="ErrantKeys"/> say.</summary>
    public static ErrantRecords Of(string connector, ConfigValues values, ConnectorPlace place) => new(
        connector, values.Text(ErrantKeys.DeadLetterTopic), values.Text(ErrantKeys.Tolerance) == "all", place);

    /// <param name="className">Class name of the task that could not deliver the record.</param>
    /// <param name="more">Names and texts of further headers.</param>
    public void Add(
        string from, LogRecord record, string className, ConnectException problem, params IEnumerable<(string Name, string Text)> more)
    {
        _letters.Add(new NewRecord(record.Key, record.Value, record.TimestampMs, Headers:
        [
            .. record.Headers,
            Header("topic", from),
            Header("partition", Text(record.Partition)),
            Header("offset", Text(record.Offset)),
            Header("connector.name", connector),
            Header("task.id", "0"),
            Header("stage", "TASK_PUT"),
            Header("class.name", className),
            Header("exception.class.name", "org.apache.kafka.connect.errors.ConnectException"),
            Header("exception.message", problem.Message),
            .. more.Select(header => Header(header.Name, header.Text)),
        ]));
        if (_news.IsNews(++_count))
            place.Events.MessagesSkipped(connector, _count, topic, problem.Message);
    }

    /// <summary>Returns the dead letters collected since the last call.</summary>
    public IReadOnlyList<TopicAppend> Take()
    {
        var letters = _placer.Place(topic, _letters);
        _letters = [];
        return letters;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static RecordHeader Header(string name, string value) => new(Prefix + name, Encoding.UTF8.GetBytes(value));
}
