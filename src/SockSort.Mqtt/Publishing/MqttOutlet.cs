using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// One connection to a broker, over which each message is published until the broker has acknowledged it. It does not reconnect by itself:
/// the caller decides what is sent again. Thread-safe.
/// </summary>
public sealed class MqttOutlet : IAsyncDisposable
{
    private const int MostInFlight = 500;

    private readonly MqttConnection _connection;
    private readonly SemaphoreSlim _room;

    // A broker passes a message of QoS 2 on when its PUBREL comes, and the library does not keep those in order.
    private readonly SemaphoreSlim _roomOfExactlyOnce = new(1);

    private MqttOutlet(MqttConnection connection)
    {
        _connection = connection;
        _room = new SemaphoreSlim(Math.Min(MostInFlight, connection.MaxInFlight));
    }

    /// <summary>Completes when the connection has ended, with the reason.</summary>
    public Task<MqttException> Lost => _connection.Lost;

    /// <param name="clientId">The client id; null for a random one.</param>
    /// <param name="keepAlive">The longest time between two packets to the broker.</param>
    /// <exception cref="MqttException">No broker answers, or it refuses the connection.</exception>
    public static async Task<MqttOutlet> OpenAsync(
        MqttEndpoint endpoint, string? clientId, TimeSpan keepAlive, CancellationToken cancellationToken)
    {
        var id = clientId ?? ClientIds.Make();
        var connection = await MqttConnection.OpenAsync(
            endpoint,
            builder => builder.WithClientId(id).WithCleanSession().WithKeepAlivePeriod(keepAlive),
            adapters: null,
            cancellationToken);
        return new MqttOutlet(connection);
    }

    /// <summary>
    /// Publishes a message. It is sent before the task is returned, as long as the in-flight limit allows it, so that calls are sent in
    /// order.
    /// </summary>
    /// <param name="qos">
    /// The QoS. With 0 the task completes when the message is sent, with 1 and 2 when the broker has acknowledged it.
    /// </param>
    /// <exception cref="MqttException">
    /// The connection has ended, and <see cref="Lost"/> is completed; or the broker refuses this message.
    /// </exception>
    public async Task PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken)
    {
        TopicRules.CheckTopic(topic);
        var bytes = new OutboxMessage(topic, payload, retain).PacketBytes;
        if (bytes > _connection.MaxPacketBytes)
            throw MqttErrors.TooLarge(topic, bytes, _connection.MaxPacketBytes);
        var level = (MqttQualityOfServiceLevel)qos;
        var room = level == MqttQualityOfServiceLevel.ExactlyOnce ? _roomOfExactlyOnce : _room;
        await room.WaitAsync(cancellationToken);
        try
        {
            await SendAsync(ApplicationMessages.Of(topic, payload, level, retain), cancellationToken);
        }
        finally
        {
            _ = room.Release();
        }
    }

    /// <summary>Disconnects from the broker.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task SendAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        MqttClientPublishResult result;
        try
        {
            var answer = _connection.Client.PublishAsync(message, cancellationToken);
            // Without an acknowledgement the MQTT library would wait until its own timeout.
            if (await Task.WhenAny(answer, Lost) == Lost && !answer.IsCompletedSuccessfully)
                throw await Lost;
            result = await answer;
        }
        catch (Exception error) when (error is not (OperationCanceledException or MqttException))
        {
            throw Lost.IsCompleted ? await Lost : MqttErrors.NotPublished(error);
        }
        if (!result.IsSuccess)
            throw MqttErrors.Rejected(message.Topic, result);
    }
}
