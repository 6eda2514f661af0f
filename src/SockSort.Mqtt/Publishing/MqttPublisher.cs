using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Publishing.Buffering;

namespace SockSort.Mqtt.Publishing;

/// <summary>
/// Publishes messages with acknowledgement (QoS 1), in order, and reconnects by itself. Messages that are not acknowledged when a
/// connection breaks are sent again over the next one. Thread-safe.
/// </summary>
/// <remarks>
/// Waiting messages are in memory, up to <see cref="PublisherOptions.MaxWaiting"/>, and are lost with the process. With
/// <see cref="PublisherOptions.BufferFolder"/> they are on disk, and the next start sends them.
/// </remarks>
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
    private readonly RefusedTopics _refused = new();
    private readonly Presence? _presence;
    private readonly RetainedTopic? _latest;
    private readonly RetainedTopic? _picture;
    private readonly RetainedTopic? _model;
    private readonly IReadOnlyList<RetainedTopic> _retained;
    private readonly PublisherConnections _connections;
    private readonly LossExplainer _losses;
    private readonly PublisherLog _log;
    private readonly Task _running;
    private readonly TopicListener _receipts;
    private readonly TopicListener _orders;

    // The reason why the configured disk buffer could not be opened; null where there is none.
    private readonly string? _bufferProblem;
    private volatile string? _lastRejection;

    private MqttPublisher(PublisherOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        (var backlog, _bufferProblem) = OpenBacklog(options, clock);
        _outbox = new Outbox(options.MaxWaiting, clock, backlog);
        _receipts = new TopicListener(backlog is null ? null : options.ReceiptTopic, TakeReceipt, clock);
        _orders = new TopicListener(options.Orders?.Topic, (payload, isRetained) => options.Orders!.Received(payload, isRetained), clock);
        _loop = new ReconnectLoop(clock);
        _log = new PublisherLog(options, () => Status, clock);
        _loop.Changed += Changed;
        _refused.Added += Refused;
        if (options.StatusTopic is { } status)
            _presence = new Presence(status, _refused, options.Endpoint, clock);
        _latest = Retained(options.LatestTopic, newest: null);
        _picture = Retained(options.PictureTopic, newest: null);
        _model = Retained(options.ModelTopic, newest: null);
        var announced = options.Announcements.Select(message => Retained(message.Topic, message.Payload));
        _retained = [.. new[] { _presence?.Said, _latest, _picture, _model }.Concat(announced).OfType<RetainedTopic>()];
        _connections = new PublisherConnections(options.Endpoint, options.ClientId ?? ClientIds.Make(), _presence);
        _losses = new LossExplainer(options.Endpoint, _retained, _refused);
        _log.Begun();
        _running = Task.Run(() => _loop.RunAsync(_connections.OpenAsync, ServeAsync, _stopping.Token));
    }

    /// <summary>Raised on any thread when <see cref="PublisherStatus.State"/> has changed; not for each message.</summary>
    public event Action<PublisherStatus>? StatusChanged;

    /// <summary>Raised on any thread when the broker begins to refuse a topic; not for each message.</summary>
    public event Action<RefusedTopic>? TopicRefused;

    public PublisherStatus Status => new(_loop.State, _outbox.Enqueued, _outbox.Acknowledged, _outbox.Dropped, _outbox.Rejected,
        _outbox.Resent, _outbox.Waiting, _outbox.InFlight, _loop.Reconnects, _loop.LastError, _lastRejection, _refused.All,
        _connections.Version, _bufferProblem is { } problem ? new BufferStatus(0, 0, 0, 0, problem) : _outbox.Buffer);

    /// <summary>Starts to connect and returns at once. Messages may be published from now on, even without a connection.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A limit in the options is not positive, or <see cref="PublisherOptions.MaxInFlight"/> is above 500.
    /// </exception>
    public static MqttPublisher Start(PublisherOptions options, TimeProvider? clock = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxWaiting, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxInFlight, MostInFlight);
        return new MqttPublisher(options, clock ?? TimeProvider.System);
    }

    /// <inheritdoc cref="Publish(string, ReadOnlyMemory{byte}, bool, MessageStamp?)"/>
    public bool Publish(string topic, string payload, bool retain = false) => Publish(topic, Encoding.UTF8.GetBytes(payload), retain);

    /// <summary>Adds a message to the queue.</summary>
    /// <param name="payload">The payload; it must not change until the message is acknowledged.</param>
    /// <param name="stamp">The stamp by which a receiver confirms the message; null for none.</param>
    /// <returns>
    /// False where this message was dropped, since the queue is full and all of its messages are in flight. A dropped older message shows
    /// only in the counts.
    /// </returns>
    /// <exception cref="MqttException">The topic is not allowed.</exception>
    public bool Publish(string topic, ReadOnlyMemory<byte> payload, bool retain = false, MessageStamp? stamp = null)
    {
        TopicRules.CheckTopic(topic);
        var isKept = _outbox.Add(new OutboxMessage(topic, payload, retain, stamp));
        _log.Lost(_outbox.Dropped);
        _log.OnDisk(_outbox.DiskProblem);
        return isKept;
    }

    /// <exception cref="MqttException">The topic is not allowed.</exception>
    public static void CheckTopic(string topic) => TopicRules.CheckTopic(topic);

    /// <summary>
    /// Publishes a word on the status topic, now and after each new connection. The word is <c>online</c> until this is called.
    /// </summary>
    public void SayStatus(string word) => _presence?.Become(word);

    /// <summary>
    /// Publishes a retained message on <see cref="PublisherOptions.LatestTopic"/>. It is not queued: a newer one replaces it where it is
    /// not sent yet.
    /// </summary>
    /// <param name="payload">The payload; it must not change.</param>
    public void SayLatest(byte[] payload) => _latest?.Set(payload);

    /// <summary>The same on <see cref="PublisherOptions.PictureTopic"/>.</summary>
    public void SayPicture(byte[] payload) => _picture?.Set(payload);

    /// <summary>The same on <see cref="PublisherOptions.ModelTopic"/>.</summary>
    public void SayModel(byte[] payload) => _model?.Set(payload);

    /// <summary>Waits until the broker has acknowledged all messages.</summary>
    /// <returns>False where messages were still waiting after the timeout.</returns>
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

    /// <summary>
    /// Publishes the end on the status topic and disconnects. Call <see cref="FlushAsync"/> first, or messages waiting in memory are lost.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _log.Ended(_outbox.Waiting + _outbox.InFlight);
        _log.Dispose();
        _outbox.Dispose();
        _stopping.Dispose();
    }

    private RetainedTopic? Retained(string? topic, byte[]? newest)
    {
        if (topic is null)
            return null;
        var retained = new RetainedTopic(topic, _refused, _options.Endpoint, _clock);
        if (newest is not null)
            retained.Set(newest);
        return retained;
    }

    private static (Backlog? Backlog, string? Problem) OpenBacklog(PublisherOptions options, TimeProvider clock)
    {
        if (options.BufferFolder is null)
            return (null, null);
        try
        {
            return (new Backlog(options, clock), null);
        }
        catch (MqttException error)
        {
            // A camera must not fail for this: messages wait in memory, and the problem is reported.
            return (null, error.Message);
        }
    }

    private void TakeReceipt(byte[] payload, bool isRetained)
    {
        if (Receipt.Parse(payload) is { } receipt)
            _outbox.Confirm(receipt);
    }

    private void Changed()
    {
        StatusChanged?.Invoke(Status);
        _log.Changed();
    }

    private void Refused(RefusedTopic topic)
    {
        TopicRefused?.Invoke(topic);
        _log.TopicRefused(topic);
    }

    private async Task<MqttException> ServeAsync(MqttConnection connection, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var begin = _clock.GetTimestamp();
        // The status waits for the first answer to a message, so that a refused status can't keep messages back.
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_outbox.Empty.IsCompleted)
            answered.SetResult();
        var saying = Task.WhenAll(_retained.Select(topic => topic.KeepSayingAsync(connection, answered.Task, ending.Token)));
        try
        {
            await _receipts.ListenAsync(connection, stopping);
            // One after the other: a broker that closes the connection over one of them is not to be asked less for the other.
            await _orders.ListenAsync(connection, stopping);
            var lost = await SendAsync(connection, answered, stopping);
            if (!connection.Lost.IsCompleted)
                return lost;
            var lived = _clock.GetElapsedTime(begin);
            _connections.Ended(lost, lived);
            return _losses.Explain(lost, lived, _outbox.TopicInFlight);
        }
        finally
        {
            _outbox.Return();
            if (stopping.IsCancellationRequested && connection.Client.IsConnected)
                await SayGoodbyeAsync(connection);
            await ending.CancelAsync();
            await saying;
        }
    }

    private async Task<MqttException> SendAsync(MqttConnection connection, TaskCompletionSource answered, CancellationToken stopping)
    {
        using var room = new SemaphoreSlim(Math.Min(_options.MaxInFlight, connection.MaxInFlight));
        var late = LateAsync(connection, stopping);
        while (true)
        {
            if (await ReadyOrEndAsync(_outbox.Filled) is { } ended)
                return ended;
            if (await ReadyOrEndAsync(room.WaitAsync(stopping)) is { } end)
                return end;
            if (_outbox.Take() is { } message)
                _ = SendAsync(connection, message, room, answered);
            else
                _ = room.Release();
        }

        // Returns null when the task is ready, else the reason why the connection has ended.
        async Task<MqttException?> ReadyOrEndAsync(Task ready) =>
            (!connection.Lost.IsCompleted && ready.IsCompletedSuccessfully)
                || await Task.WhenAny(connection.Lost, late, ready).WaitAsync(stopping) == ready
                ? null
                : await (connection.Lost.IsCompleted ? connection.Lost : late);
    }

    private async Task SendAsync(
        MqttConnection connection, LinkedListNode<OutboxMessage> message, SemaphoreSlim room, TaskCompletionSource answered)
    {
        try
        {
            if (message.Value.PacketBytes > connection.MaxPacketBytes)
            {
                Reject(message, MqttErrors.TooLarge(message.Value.Topic, message.Value.PacketBytes, connection.MaxPacketBytes));
                _ = answered.TrySetResult();
                return;
            }
            var result = await connection.Client.PublishAsync(MessageOf(message.Value), CancellationToken.None);
            if (result.IsSuccess)
                Accept(message);
            else
                Reject(message, MqttErrors.Rejected(message.Value.Topic, result));
            _losses.Answered();
            _loop.Succeeded();
            _ = answered.TrySetResult();
        }
        catch (Exception)
        {
            // Without an acknowledgement the message stays in flight until the end of the connection returns it to the queue.
        }
        finally
        {
            Release(room);
        }
    }

    private void Accept(LinkedListNode<OutboxMessage> message)
    {
        _outbox.Settle(message, accepted: true);
        _refused.Remove(message.Value.Topic);
    }

    private void Reject(LinkedListNode<OutboxMessage> message, MqttException reason)
    {
        _loop.Note(reason);
        _lastRejection = reason.Message;
        if (reason.ReasonCode is not null)
            _refused.Add(message.Value.Topic, reason);
        _outbox.Settle(message, accepted: false);
        _log.Refused(_outbox.Rejected, reason.Message);
    }

    /// <summary>Completes when the broker has not acknowledged anything for too long, or the connection has ended.</summary>
    private async Task<MqttException> LateAsync(MqttConnection connection, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(AcknowledgeCheck, _clock);
        while (_outbox.LongestInFlight < _options.AcknowledgeTimeout && !connection.Lost.IsCompleted)
        {
            _ = await timer.WaitForNextTickAsync(stopping);
            _outbox.Look();
        }
        return connection.Lost.IsCompleted ? await connection.Lost : MqttErrors.Silent(_options.Endpoint, _options.AcknowledgeTimeout);
    }

    private async Task SayGoodbyeAsync(MqttConnection connection)
    {
        if (_presence is null)
            return;
        using var limit = new CancellationTokenSource(GoodbyeTimeout, _clock);
        try
        {
            await _presence.SayGoodbyeAsync(connection, limit.Token);
        }
        catch (Exception)
        {
            // The last will says the same.
        }
    }

    private static MqttApplicationMessage MessageOf(OutboxMessage message) =>
        ApplicationMessages.Of(message.Topic, message.Payload, MqttQualityOfServiceLevel.AtLeastOnce, message.Retain);

    private static void Release(SemaphoreSlim room)
    {
        try
        {
            _ = room.Release();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended in the meantime.
        }
    }
}
