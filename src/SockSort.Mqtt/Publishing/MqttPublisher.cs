using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace SockSort.Mqtt;

/// <summary>
/// Publishes messages with acknowledgement (QoS 1), in their order, and keeps its connection up by itself: what is not
/// acknowledged when a connection breaks is sent again over the next one. Thread-safe.
/// </summary>
/// <remarks>What waits is in memory, up to <see cref="PublisherOptions.MaxWaiting"/> messages; it is lost with the process.</remarks>
public sealed class MqttPublisher : IAsyncDisposable
{
    private const int MostInFlight = 500;
    private static readonly TimeSpan AcknowledgeCheck = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    private readonly PublisherOptions _options;
    private readonly TimeProvider _clock;
    private readonly Outbox _outbox;
    private readonly ReconnectLoop _loop;
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _clientId;
    private readonly Task _running;

    private MqttPublisher(PublisherOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _clientId = options.ClientId ?? $"socksort-{Guid.NewGuid():N}";
        _outbox = new Outbox(options.MaxWaiting, clock);
        _loop = new ReconnectLoop(clock);
        _loop.Changed += () => StatusChanged?.Invoke(Status);
        _running = Task.Run(() => _loop.RunAsync(ConnectAsync, ServeAsync, _stopping.Token));
    }

    /// <summary>Raised, on some thread, when <see cref="PublisherStatus.State"/> has changed; not for each message.</summary>
    public event Action<PublisherStatus>? StatusChanged;

    public PublisherStatus Status => new(_loop.State, _outbox.Enqueued, _outbox.Acknowledged, _outbox.Dropped, _outbox.Rejected,
        _outbox.Resent, _outbox.Waiting, _outbox.InFlight, _loop.Reconnects, _loop.LastError);

    /// <summary>Begins to connect and returns at once; messages can be enqueued from now on, broker or not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound of the options is not positive, or more than 500 in flight are asked for.</exception>
    public static MqttPublisher Start(PublisherOptions options, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWaiting, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxInFlight, MostInFlight);
        return new MqttPublisher(options, clock ?? TimeProvider.System);
    }

    /// <inheritdoc cref="Publish(string, ReadOnlyMemory{byte}, bool)"/>
    public bool Publish(string topic, string payload, bool retain = false) => Publish(topic, Encoding.UTF8.GetBytes(payload), retain);

    /// <summary>Puts a message in the queue.</summary>
    /// <param name="payload">Must not change until the message is acknowledged.</param>
    /// <returns>False where all messages of a full queue are under way and this one was dropped; a dropped older one only shows in the counts.</returns>
    /// <exception cref="MqttException">The topic is not allowed.</exception>
    public bool Publish(string topic, ReadOnlyMemory<byte> payload, bool retain = false)
    {
        TopicRules.CheckTopic(topic);
        return _outbox.Add(new Outbox.Letter(topic, payload, retain));
    }

    /// <exception cref="MqttException">Nothing can be published to a topic of this name.</exception>
    public static void CheckTopic(string topic) => TopicRules.CheckTopic(topic);

    /// <summary>Waits until nothing is owed to the broker.</summary>
    /// <returns>False where messages were still waiting at the end of the time.</returns>
    public async Task<bool> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        try
        {
            await _outbox.Empty.WaitAsync(timeout, _clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Says goodbye on the status topic and disconnects; call <see cref="FlushAsync"/> first, or what waits is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private Task<MqttConnection> ConnectAsync(CancellationToken cancellationToken) =>
        MqttConnection.OpenAsync(_options.Endpoint, Configure, prepare: null, cancellationToken);

    private void Configure(MqttClientOptionsBuilder builder)
    {
        _ = builder.WithClientId(_clientId).WithCleanStart();
        if (_options.StatusTopic is { } topic)
            _ = builder.WithWillTopic(topic).WithWillPayload("offline").WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
    }

    private async Task<MqttException> ServeAsync(MqttConnection connection, CancellationToken stopping)
    {
        try
        {
            await SayAsync(connection, "online", stopping);
            return await SendAsync(connection, stopping);
        }
        finally
        {
            _outbox.Return();
            if (stopping.IsCancellationRequested && connection.Client.IsConnected)
                await SayGoodbyeAsync(connection);
        }
    }

    private async Task<MqttException> SendAsync(MqttConnection connection, CancellationToken stopping)
    {
        using var room = new SemaphoreSlim(Math.Min(_options.MaxInFlight, connection.MaxInFlight));
        var late = LateAsync(connection, stopping);
        while (true)
        {
            if (await ReadyOrEndAsync(_outbox.Filled) is { } ended)
                return ended;
            if (await ReadyOrEndAsync(room.WaitAsync(stopping)) is { } end)
                return end;
            if (_outbox.Take() is { } letter)
                _ = SendAsync(connection, letter, room);
            else
                _ = room.Release();
        }

        // Null when it is ready, else why the connection has ended.
        async Task<MqttException?> ReadyOrEndAsync(Task ready) =>
            (!connection.Lost.IsCompleted && ready.IsCompletedSuccessfully) || await Task.WhenAny(connection.Lost, late, ready).WaitAsync(stopping) == ready
                ? null
                : await (connection.Lost.IsCompleted ? connection.Lost : late);
    }

    private async Task SendAsync(MqttConnection connection, LinkedListNode<Outbox.Letter> letter, SemaphoreSlim room)
    {
        try
        {
            if (letter.Value.PacketBytes > connection.MaxPacketBytes)
            {
                Reject(letter, MqttErrors.TooLarge(letter.Value.Topic, letter.Value.PacketBytes, connection.MaxPacketBytes));
                return;
            }
            var result = await connection.Client.PublishAsync(MessageOf(letter.Value), CancellationToken.None);
            if (result.IsSuccess)
                _outbox.Settle(letter, accepted: true);
            else
                Reject(letter, MqttErrors.Rejected(letter.Value.Topic, result));
            _loop.Succeeded();
        }
        catch (Exception)
        {
            // Without an acknowledgement the letter stays in flight, until the connection's end returns it to the queue.
        }
        finally
        {
            Release(room);
        }
    }

    private void Reject(LinkedListNode<Outbox.Letter> letter, MqttException reason)
    {
        _loop.Note(reason);
        _outbox.Settle(letter, accepted: false);
    }

    /// <summary>Completes when the broker has been silent for too long.</summary>
    private async Task<MqttException> LateAsync(MqttConnection connection, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(AcknowledgeCheck, _clock);
        while (_outbox.LongestInFlight < _options.AcknowledgeTimeout && !connection.Lost.IsCompleted)
            _ = await timer.WaitForNextTickAsync(stopping);
        return connection.Lost.IsCompleted ? await connection.Lost : MqttErrors.Silent(_options.Endpoint, _options.AcknowledgeTimeout);
    }

    private async Task SayGoodbyeAsync(MqttConnection connection)
    {
        using var limit = new CancellationTokenSource(GoodbyeTimeout, _clock);
        try
        {
            await SayAsync(connection, "offline", limit.Token);
        }
        catch (Exception)
        {
            // The broker's own last will says the same.
        }
    }

    private async Task SayAsync(MqttConnection connection, string status, CancellationToken cancellationToken)
    {
        if (_options.StatusTopic is { } topic)
            _ = await connection.Client.PublishAsync(MessageOf(new Outbox.Letter(topic, Encoding.UTF8.GetBytes(status), retain: true)), cancellationToken);
    }

    private static MqttApplicationMessage MessageOf(Outbox.Letter letter) => new()
    {
        Topic = letter.Topic,
        Payload = new ReadOnlySequence<byte>(letter.Payload),
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        Retain = letter.Retain,
    };

    private static void Release(SemaphoreSlim room)
    {
        try
        {
            _ = room.Release();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended meanwhile.
        }
    }
}
