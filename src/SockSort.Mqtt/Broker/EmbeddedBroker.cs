using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Mqtt.Broker.Clients;
using SockSort.Mqtt.Broker.Keeping;
using SockSort.Mqtt.Broker.Routing;
using SockSort.Mqtt.Broker.Sessions;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker;

/// <summary>
/// An MQTT 3.1, 3.1.1 and 5 broker in this process. Sessions, queues and retained messages live in memory, and are kept on disk where
/// <see cref="BrokerOptions.StateFolder"/> names a folder; what has to last in any case goes through an <see
/// cref="Intake(string, Func{MqttMessage, Task})">intake</see>.
/// </summary>
/// <remarks>
/// Every client needs a user and a password. The broker is ours since MQTTnet's lacks what this one is for:
/// docs/decisions/0069-the-broker-is-our-own.md.
/// </remarks>
public sealed class EmbeddedBroker : IAsyncDisposable
{
    /// <summary>Name of the meter that gives the <see cref="BrokerCounts"/> as metrics.</summary>
    public const string MeterName = "SockSort.Mqtt.Broker";

    private const int PasswordBytes = 18;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly BrokerOptions _options;
    private readonly BrokerParts _parts;
    private readonly BrokerGate _gate;
    private readonly List<BrokerListener> _listeners = [];
    private readonly BrokerMeter _meter;
    private readonly ILogger _log;
    private readonly BrokerLog _losses;
    private ITimer? _timer;
    private int _isDisposed;

    private EmbeddedBroker(BrokerOptions options)
    {
        _options = options;
        var password = options.Password ?? Base64Url(RandomNumberGenerator.GetBytes(PasswordBytes));
        _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<EmbeddedBroker>();
        _parts = PartsOf(options, password, _log);
        _gate = new BrokerGate(_parts);
        Listen(options.Doors.Count > 0 ? options.Doors : [new BrokerDoor(options.Address, options.Port)]);
        Endpoint = EndpointOf(_listeners[0]) with { User = options.User, Password = password };
        _meter = new BrokerMeter(() => Counts);
        _losses = new BrokerLog(_log, options.Time);
    }

    /// <summary>Its first address, with the user and password of this process's own parts.</summary>
    public MqttEndpoint Endpoint { get; }

    /// <summary>Where it listens, with the real ports, as clients on this machine reach it.</summary>
    public IReadOnlyList<MqttEndpoint> Addresses => [.. _listeners.Select(EndpointOf)];

    /// <summary>Why it does not do all that it should at the moment; null = it does.</summary>
    public string? Problem =>
        _parts.Journal?.Problem is { } problem ? $"sessions and retained messages can't be written: {problem}" : null;

    public BrokerCounts Counts => _parts.Tally.Snapshot(_parts.Router.Retained.Count);

    /// <exception cref="MqttException">A port is taken, or what an earlier start has kept can't be read.</exception>
    public static Task<EmbeddedBroker> StartAsync(BrokerOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var broker = Open(options);
        broker.Start();
        return Task.FromResult(broker);
    }

    /// <summary>Listens, and lets clients wait until <see cref="Start"/>: so intakes can be there before the first message.</summary>
    /// <exception cref="MqttException">A port is taken, or what an earlier start has kept can't be read.</exception>
    public static EmbeddedBroker Open(BrokerOptions? options = null) => new(options ?? new BrokerOptions());

    /// <summary>Takes clients from here on.</summary>
    public void Start()
    {
        _parts.Journal?.Start();
        _listeners.ForEach(listener => listener.Start());
        _timer = _options.Time.CreateTimer(_ => Sweep(), null, SweepEvery, SweepEvery);
        _log.BrokerStarted(string.Join(", ", Addresses));
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

    /// <summary>Takes the messages of several filters as of one; a message that several of them match is stored once.</summary>
    /// <inheritdoc cref="Intake(string, Func{MqttMessage, Task})"/>
    public IDisposable Intake(IReadOnlyList<string> topicFilters, Func<MqttMessage, Task> storeAsync) =>
        Add(topicFilters, messages => storeAsync(messages[0]), takesOneByOne: true);

    /// <summary>
    /// As <see cref="Intake(IReadOnlyList{string}, Func{MqttMessage, Task})"/>, for many messages a second: those that have come
    /// together from one client are stored together, and acknowledged together, or none of them is.
    /// </summary>
    /// <param name="storeAsync">Gets at least one message.</param>
    /// <inheritdoc cref="Intake(IReadOnlyList{string}, Func{MqttMessage, Task})"/>
    public IDisposable IntakeOfMany(IReadOnlyList<string> topicFilters, Func<IReadOnlyList<MqttMessage>, Task> storeAsync) =>
        Add(topicFilters, storeAsync, takesOneByOne: false);

    /// <summary>Says something to the subscribers, and to the later ones if it is retained; to no intake.</summary>
    /// <exception cref="MqttException">The topic is not allowed.</exception>
    public void Tell(string topic, byte[] payload, bool retain = false)
    {
        TopicRules.CheckTopic(topic);
        _parts.Router.Tell(new BrokerMessage(
            topic, payload, Qos: 1, retain, Properties: [], ExpirySeconds: null, Sender: "", _options.Time, _options.Time.GetTimestamp()));
    }

    /// <exception cref="MqttException">It is no topic filter.</exception>
    public static void CheckFilter(string topicFilter) => TopicRules.CheckFilter(topicFilter);

    /// <summary>
    /// Whether an address is one of this broker's own, by whichever of the machine's names and addresses, whoever connects.
    /// </summary>
    public bool IsAt(MqttEndpoint endpoint) => _listeners
        .Where(listener => listener.Address.Port == endpoint.Port && listener.IsTls == endpoint.Tls)
        .Any(listener => OwnNames.Reach(listener.Address.Address, endpoint.Host));

    /// <summary>Whether the broker would let this user in.</summary>
    public bool Admits(string? user, string? password) => _parts.Logins.Admits(user, password);

    /// <summary>
    /// Serves a client that has come by another way than the broker's own doors, as over a WebSocket; the same users and limits count.
    /// </summary>
    /// <param name="stream">The client's bytes; whoever calls closes it.</param>
    /// <param name="remote">Where the client is, for the limits of an address; null = not known.</param>
    /// <param name="ending">Cancelled when this way ends: the client is told that the broker goes.</param>
    /// <returns>Completes when the client has gone.</returns>
    public async Task ServeAsync(Stream stream, EndPoint? remote, CancellationToken ending)
    {
        using var guest = _gate.TryEnter();
        if (guest is null || !await _gate.WaitAsync(remote, ending))
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
        limit.CancelAfter(_gate.LoginTime);
        await _gate.ServeAsync(guest, stream, remote, limit.Token, ending);
        guest.IsSilent = limit.IsCancellationRequested && !ending.IsCancellationRequested;
    }

    /// <summary>
    /// Takes no more clients, tells those that are there that it goes, and publishes their wills: to the intakes, since the subscribers
    /// have gone. Wills that wait for the end of their delay wait on where sessions are kept.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _timer?.Dispose();
        foreach (var listener in _listeners)
            await listener.StopAsync();
        await _gate.EndAsync();
        await _parts.Sessions.EndAsync();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        _meter.Dispose();
        _parts.Journal?.Dispose();
        lock (_losses)
            _losses.Update(Counts);
        _log.BrokerStopped(Counts.Received);
    }

    private static BrokerParts PartsOf(BrokerOptions options, string password, ILogger log)
    {
        var tally = new BrokerTally();
        var journal = options.StateFolder is { } folder ? new StateJournal(folder, options.Time, log) : null;
        var router = new MessageRouter(options, tally, journal);
        var sessions = new SessionTable(options, tally, router, journal);
        if (journal is not null)
        {
            router.Retained.Restore(journal.Found.Retained);
            sessions.Restore(journal.Found);
            log.StateRestored(journal.Found.Sessions.Count, journal.Found.Retained.Count);
        }
        return new BrokerParts(options, tally, router, sessions, new LoginCheck(options, password)) { Journal = journal };
    }

    private static MqttEndpoint EndpointOf(BrokerListener listener) => new()
    {
        Host = OwnNames.HostFor(listener.Address.Address),
        Port = listener.Address.Port,
        Tls = listener.IsTls,
    };

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');

    private Registration Add(
        IReadOnlyList<string> topicFilters, Func<IReadOnlyList<MqttMessage>, Task> storeAsync, bool takesOneByOne)
    {
        foreach (var filter in topicFilters)
            TopicRules.CheckFilter(filter);
        var intake = new Intake([.. topicFilters], storeAsync, _parts.Tally, takesOneByOne);
        _parts.Router.Add(intake);
        return new Registration(_parts.Router, intake);
    }

    private void Listen(IReadOnlyList<BrokerDoor> doors)
    {
        try
        {
            foreach (var door in doors)
                _listeners.Add(new BrokerListener(door, _gate));
        }
        catch (MqttException)
        {
            foreach (var listener in _listeners)
                listener.Close();
            throw;
        }
    }

    private void Sweep()
    {
        _gate.Sweep();
        _parts.Sessions.Sweep();
        _parts.Journal?.Beat();
        if (_options.Rights?.Refresh() is { } wrong)
            _log.RightsNotRead(wrong.Message);
        lock (_losses)
            _losses.Update(Counts);
    }

    private sealed class Registration(MessageRouter router, Intake intake) : IDisposable
    {
        public void Dispose() => router.Remove(intake);
    }
}
