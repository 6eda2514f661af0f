using System.Globalization;
using System.Text;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// A record about a message that the log could not store as it is: the beginning of the message, and headers with its origin and the
/// reason.
/// </summary>
/// <remarks>The header names are those of Kafka Connect's dead letter queues; the one for the size of the message is ours.</remarks>
internal static class DeadLetter
{
    /// <summary>The default dead letter topic, which the SQL engine uses too.</summary>
    public const string DefaultTopic = "_socksort_dead_letters";

    /// <summary>The largest number of bytes of the message that are kept.</summary>
    public const int HeadBytes = 1024;

    private const string Prefix = "__connect.errors.";

    public static NewRecord Of(string connector, MqttMessage message, string problem) => new(
        Encoding.UTF8.GetBytes(message.Topic),
        message.Payload[..Math.Min(message.Payload.Length, HeadBytes)],
        Headers:
        [
            Header("topic", message.Topic),
            Header("connector.name", connector),
            Header("task.id", "0"),
            Header("exception.message", problem),
            Header("size", message.FullBytes.ToString(CultureInfo.InvariantCulture)),
            .. RecordConverter.HeadersOf(message),
        ]);

    private static RecordHeader Header(string name, string value) => new(Prefix + name, Encoding.UTF8.GetBytes(value));
}
