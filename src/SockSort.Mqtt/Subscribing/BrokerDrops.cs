using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Subscribing;

/// <summary>What the broker says that it has dropped itself, as Mosquitto and others publish it.</summary>
/// <param name="filters">The subscriber's own; where one of them takes this topic, its messages are the subscriber's too.</param>
internal sealed class BrokerDrops(IReadOnlyList<string> filters)
{
    private const string Topic = "$SYS/broker/publish/messages/dropped";
    private const long Unknown = -1;
    private const int MaxFailures = 2;

    private readonly bool _isWanted = filters.Any(
        filter => MqttTopicFilterComparer.Compare(Topic, filter) == MqttTopicFilterCompareResult.IsMatch);

    private long _count = Unknown;
    private int _failures;

    /// <summary>Number of messages that the broker has dropped; null where it has not said it.</summary>
    public long? Count => Interlocked.Read(ref _count) is var count and not Unknown ? count : null;

    /// <summary>
    /// Asks for the count. A broker that refuses is left in peace, and one that closes the connection over it twice is not asked again.
    /// </summary>
    public async Task AskAsync(MqttConnection connection, CancellationToken cancellationToken)
    {
        if (_isWanted || _failures >= MaxFailures)
            return;
        try
        {
            _ = await connection.Client.SubscribeAsync(Topic, MqttQualityOfServiceLevel.AtMostOnce, cancellationToken);
            _failures = 0;
        }
        catch (Exception)
        {
            _failures++;
        }
    }

    /// <returns>True where the message is none that the subscriber has asked for.</returns>
    public bool Take(MqttMessage message)
    {
        if (message.Topic != Topic)
            return false;
        if (long.TryParse(Encoding.UTF8.GetString(message.Payload.Span), out var count))
            Interlocked.Exchange(ref _count, count);
        return !_isWanted;
    }
}
