using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// Subscribes to one topic on the publisher's own connection: receipts for published messages, or orders. A broker may refuse this by a
/// reason code or by closing the connection; then nothing comes from it.
/// </summary>
/// <param name="topic">Without wildcards; null for none.</param>
/// <param name="received">Gets each payload, and whether the broker had retained it, on the connection's thread.</param>
/// <param name="clock">Tells when a refused subscription is tried again.</param>
internal sealed class TopicListener(string? topic, Action<byte[], bool> received, TimeProvider clock)
{
    private const int MostFailures = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMinutes(10);

    private int _failures;
    private long? _pausedAt;

    /// <summary>
    /// Returns when the subscription is answered, so that a retained receipt arrives before most messages are sent again.
    /// </summary>
    public async Task ListenAsync(MqttConnection connection, CancellationToken cancellationToken)
    {
        if (topic is null || (_pausedAt is { } at && clock.GetElapsedTime(at) < TryAgainAfter))
            return;
        connection.Client.ApplicationMessageReceivedAsync += TakeAsync;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            _ = await connection.Client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce, limit.Token);
            (_failures, _pausedAt) = (0, null);
        }
        catch (Exception)
        {
            // The code that serves the connection reports why it has ended.
            if (++_failures >= MostFailures)
                (_failures, _pausedAt) = (0, clock.GetTimestamp());
        }
    }

    private Task TakeAsync(MqttApplicationMessageReceivedEventArgs arrived)
    {
        if (arrived.ApplicationMessage.Topic == topic)
            received(arrived.ApplicationMessage.Payload.ToArray(), arrived.ApplicationMessage.Retain);
        return Task.CompletedTask;
    }
}
