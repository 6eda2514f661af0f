using MQTTnet;
using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Receiving;

namespace SockSort.Mqtt.Subscribing;

/// <summary>
/// Takes messages from a broker in batches and acknowledges each batch after its handler has completed. It takes no more than can be
/// handled: the rest waits at the broker. Keeps its connection up by itself; what was not acknowledged comes again.
/// </summary>
public sealed class MqttSubscriber : IAsyncDisposable
{
    private const uint SessionExpirySeconds = 7 * 24 * 3600;
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    // A connection that lived so long was good, though no message came.
    private static readonly TimeSpan LongLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongPushBack = TimeSpan.FromSeconds(5);

    private readonly SubscriberOptions _options;
    private readonly TimeProvider _clock;
    private readonly ReconnectLoop _loop;
    private readonly SubscriberTally _tally = new();
    private readonly PendingRoom _room;
    private readonly MessageHandler _handler;
    private readonly LeftMessages _left;
    private readonly Rivalry _rivalry;
    private readonly Subscription _subscription;
    private readonly BrokerDrops _drops;
    private readonly SubscriberLog _log;
    private readonly CancellationTokenSource _stopping = new();

    // The batch at hand outlives the stop: cut off between its store and its acknowledgement, it would be stored twice.
    private readonly CancellationTokenSource _abandoning = new();
    private readonly Task _running;
    private Delivery? _delivery;
    private Task<MqttException> _delivering = null!;
    private ReceivingAdapter _adapter = null!;

    private MqttSubscriber(
        SubscriberOptions options, Func<IReadOnlyList<MqttMessage>, CancellationToken, Task> handleAsync, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _loop = new ReconnectLoop(clock);
        _log = new SubscriberLog(options, _loop, clock);
        _loop.Changed += Changed;
        _room = new PendingRoom(options.MaxUnacknowledged, options.MaxPendingBytes);
        _handler = new MessageHandler(handleAsync, _room, _tally, clock);
        _handler.Failed += HandlerFailed;
        _handler.Healed += HandlerHealed;
        _left = new LeftMessages(_handler, _room, _tally);
        _rivalry = new Rivalry(options.Endpoint, options.ClientId, clock);
        _subscription = new Subscription(options, _room, _tally, clock);
        _drops = new BrokerDrops(options.TopicFilters);
        _running = Task.Run(() => _loop.RunAsync(ConnectAsync, ServeAsync, _stopping.Token));
    }

    /// <summary>
    /// Raised, on some thread, when <see cref="SubscriberStatus.State"/> has changed, and when messages can't be handled or can again; not
    /// for each message.
    /// </summary>
    public event Action<SubscriberStatus>? StatusChanged;

    public SubscriberStatus Status => new(_loop.State, Interlocked.Read(ref _tally.Received), Interlocked.Read(ref _tally.Redelivered),
        Interlocked.Read(ref _tally.TooLarge), Interlocked.Read(ref _tally.Handled), Interlocked.Read(ref _tally.HandlerFailures),
        Interlocked.Read(ref _tally.Dropped), _drops.Count, _loop.Reconnects, _tally.HandlerError, _loop.LastError);

    /// <summary>Begins to connect and returns at once.</summary>
    /// <param name="handleAsync">
    /// Gets up to 500 messages in their order, one batch at a time. They are acknowledged when it completes; if it throws, it gets
    /// the same batch again after a pause of up to 10 s.
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
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPendingBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxPayloadBytes, IncomingPacketReader.HeadBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.AnnouncedMaxPacketBytes ?? 1, 1);
        return new MqttSubscriber(options, handleAsync, clock ?? TimeProvider.System);
    }

    /// <summary>Makes the broker forget a session that is not connected, with all that it keeps for it.</summary>
    /// <exception cref="MqttException">No broker answers, or it refuses.</exception>
    public static async Task EndSessionAsync(MqttEndpoint endpoint, string clientId, CancellationToken cancellationToken = default)
    {
        await using var connection = await MqttConnection.OpenAsync(
            endpoint, builder => builder.WithClientId(clientId).WithCleanSession(), adapters: null, cancellationToken);
    }

    /// <summary>
    /// Handles and acknowledges the batch at hand, and handles what no broker sends again, for 5 s at most, and disconnects; the
    /// broker keeps the session.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _abandoning.CancelAfter(StopPatience);
        await _stopping.CancelAsync();
        await _running;
        await EndAsync();
        _log.Dispose();
        _stopping.Dispose();
        _abandoning.Dispose();
    }

    private void Changed()
    {
        StatusChanged?.Invoke(Status);
        _log.Changed();
    }

    private void HandlerFailed(Exception error)
    {
        _loop.Note(error);
        StatusChanged?.Invoke(Status);
        _log.HandlerFailed(error);
    }

    private void HandlerHealed()
    {
        StatusChanged?.Invoke(Status);
        _log.HandlerHealed();
    }

    private async Task<MqttConnection> ConnectAsync(CancellationToken stopping)
    {
        await _rivalry.PauseAsync(stopping);
        EndDelivery();
        await _left.HandleAsync(stopping, _abandoning.Token);
        var delivery = _delivery = new Delivery(_handler, _left);
        var adapters = new ReceivingAdapterFactory(Receiving(delivery));
        var connection = await OpenAsync(adapters, stopping);
        try
        {
            _adapter = adapters.Latest!;
            if (connection.Result.IsSessionPresent)
                _left.SessionIsThere();
            else
                _left.SessionIsGone();
            // Before the subscription stands: the broker may send what it has kept first, and answers when we have taken that.
            _delivering = delivery.RunAsync(connection, _adapter, Succeeded, stopping, _abandoning.Token);
            if (await _subscription.StandAsync(connection, stopping) is { } less)
                _loop.Note(less);
            return connection;
        }
        catch (Exception error)
        {
            await connection.DisposeAsync();
            _ = await _delivering;
            if (error is MqttException { Kind: MqttErrorKind.TakenOver } lost)
                throw _rivalry.Judge(lost, lived: null, withoutReason: false);
            throw;
        }
    }

    private async Task<MqttConnection> OpenAsync(ReceivingAdapterFactory adapters, CancellationToken stopping)
    {
        try
        {
            return await MqttConnection.OpenAsync(_options.EndpointNow?.Invoke() ?? _options.Endpoint, Configure, adapters, stopping);
        }
        catch (MqttException)
        {
            _rivalry.Failed();
            throw;
        }
    }

    private void Configure(MqttClientOptionsBuilder builder)
    {
        // The connection keeps itself alive.
        _ = builder.WithClientId(_options.ClientId).WithNoKeepAlive().WithCleanSession(!_options.KeepSession);
        if (_options.KeepSession)
            _ = builder.WithSessionExpiryInterval(SessionExpirySeconds);
    }

    private ReceivingOptions Receiving(Delivery delivery) => new()
    {
        Take = message => Take(message, delivery),
        Room = _room,
        MaxPayloadBytes = _options.MaxPayloadBytes,
        KeepAlive = _options.KeepAlive,
        MaxUnacknowledged = _options.MaxUnacknowledged,
        AnnouncedMaxPacketBytes = _options.AnnouncedMaxPacketBytes,
        Clock = _clock,
    };

    private void Take(MqttMessage message, Delivery delivery)
    {
        if (_drops.Take(message))
        {
            _room.Free(1, message.Payload.Length);
            return;
        }
        _tally.Count(message);
        delivery.Take(message);
    }

    private async Task<MqttException> ServeAsync(MqttConnection connection, CancellationToken stopping)
    {
        var since = _clock.GetTimestamp();
        var asking = _drops.AskAsync(connection, stopping);
        var lost = await _delivering;
        await asking;
        var lived = _clock.GetElapsedTime(since);
        if (lived > LongLife)
            _loop.Succeeded();
        // A broker may close on a client that does not read for long.
        return _rivalry.Judge(lost, lived, _adapter.ClosedWithoutReason && _adapter.LongestPushBack < LongPushBack);
    }

    // Messages that the broker has kept come also where it refuses the subscription: that is no success.
    private void Succeeded()
    {
        if (_loop.State == ConnectionState.Connected)
            _loop.Succeeded();
    }

    private void EndDelivery()
    {
        _delivery?.End();
        if (!_options.KeepSession)
            _left.SessionIsGone();
    }

    private async Task EndAsync()
    {
        EndDelivery();
        try
        {
            await _left.HandleAsync(_stopping.Token, _abandoning.Token);
        }
        catch (OperationCanceledException)
        {
            // What is left is counted as lost.
        }
        _left.GiveUp();
    }
}
