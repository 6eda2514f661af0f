using SockSort.Connect.Classes;
using SockSort.Connect.MqttSource.Receipts;
using SockSort.Connect.MqttSource.Sessions;
using SockSort.Mqtt;
using SockSort.Mqtt.Subscribing;

namespace SockSort.Connect.MqttSource;

/// <summary>The source at an external broker: a subscriber with its own session.</summary>
internal sealed class SubscriberSource : IConnectorTask
{
    private readonly string _connector;
    private readonly MessageWriter _writer;
    private readonly MessageReceipts? _receipts;
    private readonly MqttSubscriber _subscriber;
    private readonly Func<MqttEndpoint> _endpoint;

    // The error about the secrets, which are read at each attempt to connect; null where they were found.
    private volatile string? _secretsLack;

    /// <param name="connector">The connector's name.</param>
    /// <param name="session">The broker and the client id.</param>
    /// <param name="endpoint">Called before each attempt to connect, since secrets may have changed.</param>
    public SubscriberSource(
        string connector, BrokerSession session, MqttSourceConfiguration configuration, Func<MqttEndpoint> endpoint, MqttSourcePlace place)
    {
        (_connector, _endpoint) = (connector, endpoint);
        _receipts = configuration.RemovesDoubles
            ? new MessageReceipts(place.Log, connector, configuration.LogTopic, new OuterReceiptWay(endpoint), place.Clock)
            : null;
        _writer = new MessageWriter(connector, configuration, place, _receipts);
        _subscriber = MqttSubscriber.Start(
            new SubscriberOptions
            {
                Endpoint = configuration.Endpoint,
                EndpointNow = EndpointNow,
                ClientId = session.ClientId,
                TopicFilters = configuration.MqttTopics,
                Qos = configuration.Qos,
                KeepSession = configuration.KeepSession,
                KeepAlive = configuration.KeepAlive,
                MaxPayloadBytes = configuration.MaxMessageBytes,
                AnnouncedMaxPacketBytes = configuration.AnnouncedMaxPacketBytes,
                KnownFilters = configuration.KeepSession ? place.Memory.FiltersOf(session) : SessionMemory.NoFilters,
                Subscribed = filters => place.Memory.Keep(session, filters),
            },
            _writer.WriteAsync);
        _subscriber.StatusChanged += _ => Changed?.Invoke();
    }

    public event Action? Changed;

    public TaskProgress Progress
    {
        get
        {
            var status = _subscriber.Status;
            var failure = FailureOf(status);
            var state = failure is not null ? ConnectorState.Failed : StateOf(status.State);
            return new(state, CountsOf(status), failure, status.State == ConnectionState.TakenOver ? failure : status.LastError);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _subscriber.DisposeAsync();
        if (_receipts is not null)
            await _receipts.DisposeAsync();
    }

    private static ConnectorState StateOf(ConnectionState state) =>
        state == ConnectionState.Connected ? ConnectorState.Running : ConnectorState.Unassigned;

    private string? FailureOf(SubscriberStatus status) => status switch
    {
        { HandlerError: { } error } => MqttSourceErrors.MessagesWait(error),
        { State: ConnectionState.TakenOver } => MqttSourceErrors.TakenOver(status.LastError, _connector),
        { State: ConnectionState.Disconnected or ConnectionState.WrongCredentials or ConnectionState.Refused } =>
            _secretsLack ?? status.LastError,
        _ => null,
    };

    private ConnectorCounts CountsOf(SubscriberStatus status) => _writer.Counts with
    {
        Received = status.Received,
        Redelivered = status.Redelivered,
        Dropped = status.Dropped,
        BrokerDropped = status.BrokerDropped,
        Reconnects = status.Reconnects,
    };

    private MqttEndpoint EndpointNow()
    {
        try
        {
            var endpoint = _endpoint();
            _secretsLack = null;
            return endpoint;
        }
        catch (ConnectException error)
        {
            _secretsLack = error.Message;
            throw;
        }
    }
}
