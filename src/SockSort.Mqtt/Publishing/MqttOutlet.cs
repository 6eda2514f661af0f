using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// One connection to a broker over which messages are published, each until the broker has acknowledged it. It is not opened again by
/// itself: who publishes decides what comes again. Thread-safe.
/// </summary>
public sealed class MqttOutlet : IAsyncDisposable
{
    private const int MostInFlight = 500;

    private readonly MqttConnection _connection;
    private readonly SemaphoreSlim _room;

    private MqttOutlet(MqttConnection connection)
    {
        _connection = connection;
        _room = new SemaphoreSlim(Math.Min(MostInFlight, connection.MaxInFlight));
    }

    /// <summary>Completes with the reason when the connection has ended.</summary>
    public Task<MqttException> Lost => _connection.Lost;

    /// <param name="clientId">Null for one that nobody else has.</param>
    /// <param name="keepAlive">How often at least something is sent.</param>
    /// <exception cref="MqttException">No broker answers, or it refuses.</exception>
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

    /// <summary>Sends before it returns its task where there is room, so that calls are sent in their order.</summary>
    /// <param name="qos">0: it is sent; 1 and 2: the broker has taken it.</param>
    /// <exception cref="MqttException">
    /// The connection has ended: then <see cref="Lost"/> is completed; or the broker refuses this message.
    /// </exception>
    public async Task PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, int qos, bool retain, CancellationToken cancellationToken)
    {
        TopicRules.CheckTopic(topic);
        var bytes = new OutboxMessage(topic, payload, retain).PacketBytes;
        if (bytes > _connection.MaxPacketBytes)
            throw MqttErrors.TooLarge(topic, bytes, _connection.MaxPacketBytes);
        await _room.WaitAsync(cancellationToken);
        try
        {
            await SendAsync(MessageOf(topic, payload, qos, retain), cancellationToken);
        }
        finally
        {
            _ = _room.Release();
        }
    }

    /// <summary>Says goodbye to the broker.</summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task SendAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        MqttClientPublishResult result;
        try
        {
            var answer = _connection.Client.PublishAsync(message, cancellationToken);
            // Without its acknowledgement the library waits until its own time is over.
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

    private static MqttApplicationMessage MessageOf(string topic, ReadOnlyMemory<byte> payload, int qos, bool retain) => new()
    {
        Topic = topic,
        Payload = new ReadOnlySequence<byte>(payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos,
        Retain = retain,
    };
}
