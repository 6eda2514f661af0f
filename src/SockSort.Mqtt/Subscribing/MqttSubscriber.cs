using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace SockSort.Mqtt;

/// <summary>
/// Takes messages from a broker in batches and acknowledges each batch after its handler has completed. Keeps its
/// connection up by itself; what was not acknowledged comes again.
/// </summary>
public sealed class MqttSubscriber : IAsyncDisposable
{
    private const int MaxBatch = 500;
    private const uint SessionExpirySeconds = 7 * 24 * 3600;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly SubscriberOptions _options;
    private readonly Func<IReadOnlyList<MqttMessage>, CancellationToken, Task> _handleAsync;
    private readonly ReconnectLoop _loop;
    private readonly CancellationTokenSource _stopping = new();

    // The batch at hand outlives the stop: cut off between its store and its acknowledgement, it would be stored twice.
    private readonly CancellationTokenSource _abandoning = new();
    private readonly Task _running;
    private Channel<Taken> _queue = null!;
    private bool _hasSubscribed;
    private long _received;
    private long _redelivered;
    private long _handled;
    private long _handlerFailures;
    private long _dropped;

    private MqttSubscriber(SubscriberOptions options, Func<IReadOnlyList<MqttMessage>, CancellationToken, Task> handleAsync, TimeProvider clock)
    {
        (_options, _handleAsync) = (options, handleAsync);
        _loop = new ReconnectLoop(clock);
        _loop.Changed += () => StatusChanged?.Invoke(Status);
        _running = Task.Run(() => _loop.RunAsync(ConnectAsync, ServeAsync, _stopping.Token));
    }

    /// <summary>Raised, on some thread, when <see cref="SubscriberStatus.State"/> has changed; not for each message.</summary>
    public event Action<SubscriberStatus>? StatusChanged;

    public SubscriberStatus Status => new(_loop.State, Interlocked.Read(ref _received), Interlocked.Read(ref _redelivered),
        Interlocked.Read(ref _handled), Interlocked.Read(ref _handlerFailures), Interlocked.Read(ref _dropped), _loop.Reconnects, _loop.LastError);

    /// <summary>Begins to connect and returns at once.</summary>
    /// <param name="handleAsync">
    /// Gets up to 500 messages in their order, one batch at a time. They are acknowledged when it completes; if it throws,
    /// the connection is closed and opened again, and the broker sends them again.
    /// </param>
    /// <exception cref="MqttException">A topic filter is not allowed.</exception>
    public static MqttSubscriber Start(
        SubscriberOptions options,
        Func<IReadOnlyList<MqttMessage>, CancellationToken, Task> handleAsync,
        TimeProvider? clock = null)
    {
        foreach (var filter in options.TopicFilters)
            TopicRules.CheckFilter(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxUnacknowledged, 1);
        return new MqttSubscriber(options, handleAsync, clock ?? TimeProvider.System);
    }

    /// <summary>Makes the broker forget a session that is not connected, with all that it keeps for it.</summary>
    /// <exception cref="MqttException">No broker answers, or it refuses.</exception>
    public static async Task EndSessionAsync(MqttEndpoint endpoint, string clientId, CancellationToken cancellationToken = default)
    {
        await using var connection = await MqttConnection.OpenAsync(
            endpoint, builder => builder.WithClientId(clientId).WithCleanSession(), prepare: null, cancellationToken);
    }

    /// <summary>Handles and acknowledges the batch at hand, for 5 s at most, and disconnects; the broker keeps the session.</summary>
    public async ValueTask DisposeAsync()
    {
        _abandoning.CancelAfter(StopPatience);
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
        _abandoning.Dispose();
    }

    private async Task<MqttConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        // The queue belongs to the connection: what is left in it when that ends can no longer be acknowledged.
        var queue = Channel.CreateBounded<Taken>(_options.MaxUnacknowledged);
        var connection = await MqttConnection.OpenAsync(_options.Endpoint, Configure, client => client.ApplicationMessageReceivedAsync += arrived =>
        {
            // Before the first await: the library acknowledges by itself when the handler's task completes.
            arrived.AutoAcknowledge = false;
            return QueueAsync(queue.Writer, arrived);
        }, cancellationToken);
        _queue = queue;
        return connection;
    }

    private void Configure(MqttClientOptionsBuilder builder)
    {
        _ = builder.WithClientId(_options.ClientId)
            .WithKeepAlivePeriod(_options.KeepAlive)
            .WithReceiveMaximum((ushort)Math.Min(_options.MaxUnacknowledged, ushort.MaxValue))
            .WithCleanSession(!_options.KeepSession);
        if (_options.KeepSession)
            _ = builder.WithSessionExpiryInterval(SessionExpirySeconds);
    }

    private async Task QueueAsync(ChannelWriter<Taken> queue, MqttApplicationMessageReceivedEventArgs arrived)
    {
        _ = Interlocked.Increment(ref _received);
        if (arrived.ApplicationMessage.Dup)
            _ = Interlocked.Increment(ref _redelivered);
        var taken = new Taken(arrived, MessageOf(arrived));
        if (queue.TryWrite(taken))
            return;
        if (taken.Message.Qos == 0)
            _ = Interlocked.Increment(ref _dropped);
        else
            await queue.WriteAsync(taken);
    }

    private async Task<MqttException> ServeAsync(MqttConnection connection, CancellationToken stopping)
    {
        var queue = _queue;
        try
        {
            await SubscribeAsync(connection, stopping);
            return await TakeAsync(queue.Reader, connection, stopping);
        }
        finally
        {
            // Frees a message that waits for room.
            _ = queue.Writer.TryComplete();
        }
    }

    private async Task<MqttException> TakeAsync(ChannelReader<Taken> queue, MqttConnection connection, CancellationToken stopping)
    {
        var batch = new List<Taken>();
        while (true)
        {
            var more = queue.WaitToReadAsync(stopping).AsTask();
            if (await Task.WhenAny(more, connection.Lost) == connection.Lost)
                return await connection.Lost;
            _ = await more;
            while (batch.Count < MaxBatch && queue.TryRead(out var taken))
                batch.Add(taken);
            await HandleAsync(batch, _abandoning.Token);
            batch.Clear();
        }
    }

    private async Task SubscribeAsync(MqttConnection connection, CancellationToken cancellationToken)
    {
        // Once at the start, as the filters may be others than in the session that the broker has kept.
        if (_hasSubscribed && connection.Result.IsSessionPresent)
            return;
        var options = new MqttClientSubscribeOptions
        {
            TopicFilters = [.. _options.TopicFilters.Select(filter => new MqttTopicFilter
            {
                Topic = filter,
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)_options.Qos,
                RetainHandling = connection.Version == MqttProtocolVersion.V500
                    ? MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly
                    : MqttRetainHandling.SendAtSubscribe,
            })],
        };
        var result = await connection.Client.SubscribeAsync(options, cancellationToken);
        foreach (var item in result.Items)
        {
            if (item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
                throw MqttErrors.SubscriptionRefused(_options.Endpoint, item.TopicFilter.Topic, item.ResultCode);
        }
        _hasSubscribed = true;
    }

    private async Task HandleAsync(List<Taken> batch, CancellationToken abandoning)
    {
        try
        {
            await _handleAsync(batch.ConvertAll(taken => taken.Message), abandoning);
        }
        catch
        {
            _ = Interlocked.Increment(ref _handlerFailures);
            throw;
        }
        _ = Interlocked.Add(ref _handled, batch.Count);
        // Each acknowledges on the client, and so on the connection, that it came with.
        foreach (var taken in batch)
            await taken.Arrived.AcknowledgeAsync(abandoning);
        _loop.Succeeded();
    }

    private static MqttMessage MessageOf(MqttApplicationMessageReceivedEventArgs arrived)
    {
        var message = arrived.ApplicationMessage;
        return new MqttMessage(message.Topic, message.Payload.ToArray(),
            (int)message.QualityOfServiceLevel, message.Retain, message.Dup, arrived.PacketIdentifier);
    }

    private readonly record struct Taken(MqttApplicationMessageReceivedEventArgs Arrived, MqttMessage Message);
}
