using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace SockSort.Mqtt;

/// <summary>
/// An MQTT 3.1.1 and 5 broker in this process. Sessions, queues and retained messages live in memory and end with it;
/// what has to last goes through an <see cref="Intake(string, Func{MqttMessage, Task})">intake</see>.
/// </summary>
/// <remarks>
/// Every client needs the user and password. QoS 2 is taken at least once, as QoS 1. There are no shared subscriptions. A message that a
/// subscriber gets again after a reconnect is not flagged as a duplicate: the library does not say which ones were sent.
/// </remarks>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    private const int PasswordBytes = 18;

    private readonly BrokerTally _tally;
    private readonly BrokerListener _listener;
    private readonly MqttServer _server;
    private readonly Lock _gate = new();
    private readonly Intake? _refusal;
    private volatile Intake[] _intakes = [];

    private EmbeddedBroker(BrokerOptions options)
    {
        _tally = new BrokerTally();
        _listener = new BrokerListener(options, _tally);
        if (options.MustBeStored is { } filter)
            _refusal = new Intake([filter], message => Task.FromException(MqttErrors.NotStored(message.Topic)), _tally);
        var serverOptions = new MqttServerOptionsBuilder()
            .WithPersistentSessions()
            .WithMaxPendingMessagesPerClient(options.MaxQueuedMessages)
            .WithPendingMessagesOverflowStrategy(MqttPendingMessagesOverflowStrategy.DropOldestQueuedMessage)
            .Build();
        _server = new MqttServerFactory().CreateMqttServer(serverOptions, [_listener]);
        Endpoint = new MqttEndpoint
        {
            Host = options.Address.ToString(),
            Port = _listener.Port,
            User = options.User,
            Password = options.Password ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(PasswordBytes)).Replace('+', '-').Replace('/', '_'),
        };
        _server.ValidatingConnectionAsync += OnConnectingAsync;
        _server.InterceptingPublishAsync += OnPublishAsync;
        _server.QueuedApplicationMessageOverwrittenAsync += _ => Count(ref _tally.QueueDropped);
        _server.ApplicationMessageEnqueuedOrDroppedAsync += queued => queued.IsDropped ? Count(ref _tally.QueueDropped) : Task.CompletedTask;
    }

    /// <summary>Its address, user and password.</summary>
    public MqttEndpoint Endpoint { get; }

    public BrokerCounts Counts => _tally.Snapshot();

    /// <exception cref="MqttException">The port is taken.</exception>
    public static async Task<EmbeddedBroker> StartAsync(BrokerOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var broker = new EmbeddedBroker(options ?? new BrokerOptions());
        await broker._server.StartAsync();
        return broker;
    }

    /// <summary>
    /// Hands every message whose topic matches, of any client, to a store. The publisher's acknowledgement goes out when
    /// the task has completed; if it fails, the connection is closed without it, and the publisher sends the message again.
    /// </summary>
    /// <param name="topicFilter">With <c>+</c> and <c>#</c> as in a subscription.</param>
    /// <param name="storeAsync">
    /// Called in the order of each connection's messages, before earlier ones have completed; from several threads when
    /// there are several connections. Also gets last wills and messages without acknowledgement (QoS 0).
    /// </param>
    /// <returns>Disposing it ends the intake.</returns>
    /// <exception cref="MqttException">The filter is not allowed.</exception>
    public IDisposable Intake(string topicFilter, Func<MqttMessage, Task> storeAsync) => Intake([topicFilter], storeAsync);

    /// <summary>As for one filter; a message that several of them match is stored once.</summary>
    /// <inheritdoc cref="Intake(string, Func{MqttMessage, Task})"/>
    public IDisposable Intake(IReadOnlyList<string> topicFilters, Func<MqttMessage, Task> storeAsync)
    {
        foreach (var filter in topicFilters)
            TopicRules.CheckFilter(filter);
        var intake = new Intake([.. topicFilters], storeAsync, _tally);
        lock (_gate)
            _intakes = [.. _intakes, intake];
        return new Registration(this, intake);
    }

    /// <exception cref="MqttException">It is no topic filter.</exception>
    public static void CheckFilter(string topicFilter) => TopicRules.CheckFilter(topicFilter);

    /// <summary>Whether an address is this broker's own, whoever connects.</summary>
    public bool IsAt(MqttEndpoint endpoint) =>
        endpoint.Port == Endpoint.Port && !endpoint.Tls
        && (endpoint.Host == Endpoint.Host || (Endpoint.Host is "127.0.0.1" or "0.0.0.0" && endpoint.Host is "127.0.0.1" or "localhost"));

    /// <summary>Whether the broker would let this user in.</summary>
    public bool Admits(string? user, string? password) => Same(user, Endpoint.User) & Same(password, Endpoint.Password);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        _server.Dispose();
        _listener.Dispose();
    }

    internal static string AssignClientId() => $"auto-{Guid.NewGuid():N}";

    private Task OnConnectingAsync(ValidatingConnectionEventArgs connecting)
    {
        if (string.IsNullOrEmpty(connecting.ClientId))
            connecting.AssignedClientIdentifier = AssignClientId();
        if (Admits(connecting.UserName, connecting.Password))
            return Task.CompletedTask;
        connecting.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        return Count(ref _tally.RefusedConnections);
    }

    private Task OnPublishAsync(InterceptingPublishEventArgs publishing)
    {
        var message = publishing.ApplicationMessage;
        var arrival = message.UserProperties as Arrival;
        _ = Interlocked.Increment(ref _tally.Received);
        if (message.Dup)
            _ = Interlocked.Increment(ref _tally.Redelivered);
        var takers = Array.FindAll(_intakes, intake => intake.Takes(message.Topic));
        if (takers.Length == 0 && _refusal?.Takes(message.Topic) == true)
            takers = [_refusal];
        // The copy is what intakes may keep; the library's bytes are its own.
        var taken = takers.Length == 0 ? null : new MqttMessage(message.Topic, message.Payload.ToArray(),
            (int)message.QualityOfServiceLevel, message.Retain, message.Dup, arrival?.Id ?? 0);
        var stores = Array.ConvertAll(takers, intake => intake.StoreAsync(taken!));
        arrival?.Follow(stores);
        return Task.CompletedTask;
    }

    private void Remove(Intake intake)
    {
        lock (_gate)
            _intakes = [.. _intakes.Where(other => other != intake)];
    }

    private static Task Count(ref long counter)
    {
        _ = Interlocked.Increment(ref counter);
        return Task.CompletedTask;
    }

    // The time taken must not tell how much of a guess was right.
    private static bool Same(string? given, string? expected) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "")), SHA256.HashData(Encoding.UTF8.GetBytes(expected ?? "")));

    private sealed class Registration(EmbeddedBroker broker, Intake intake) : IDisposable
    {
        public void Dispose() => broker.Remove(intake);
    }
}
