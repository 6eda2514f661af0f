using System.Globalization;
using System.Text;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// A record that tells of a message which the log could not take as it is: its head, and in headers what it was and what is wrong.
/// </summary>
/// <remarks>The headers' names are those of Kafka Connect's dead letter queues; the message's size is ours.</remarks>
internal static class DeadLetter
{
    /// <summary>The topic of the SQL engine's dead letters too.</summary>
    public const string DefaultTopic = "_socksort_dead_letters";

    /// <summary>Most bytes of the message that are kept.</summary>
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
