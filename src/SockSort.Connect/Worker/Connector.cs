using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>One connector of the worker; used under the worker's lock.</summary>
internal sealed class Connector(string name, IReadOnlyDictionary<string, string> written, Secrets secrets, EventLog log, EmbeddedBroker? broker)
{
    private IMqttSource? _source;
    private IDisposable? _refusal;
    private IReadOnlyList<string> _notes = [];
    private IReadOnlyList<string> _topics = [];
    private SourceProgress _before = new(0, 0, 0, 0, null, null);
    private ConnectorState _state = ConnectorState.Unassigned;
    private string? _trace;

    // One session a log, whatever others call their connectors: two with one name would throw each other out.
    private string ClientId => $"socksort-connect-{name}-{log.Id[..8]}";

    public ConnectorInfo Info
    {
        get
        {
            var progress = Progress;
            var failure = _trace ?? progress.Failure;
            var state = _state == ConnectorState.Running && failure is not null ? ConnectorState.Failed : _state;
            return new ConnectorInfo(name, state, written, _notes, state == ConnectorState.Failed ? failure : null,
                progress.Received, progress.Stored, progress.Redelivered, progress.Dropped, failure ?? progress.LastError);
        }
    }

    /// <summary>Starts it, or leaves it failed with the reason.</summary>
    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    public void Start()
    {
        var configuration = MqttSourceConfiguration.Read(name, written, secrets);
        (_notes, _topics, _trace) = (configuration.Notes, configuration.MqttTopics, null);
        var isOurs = broker?.IsAt(configuration.Endpoint) == true;
        _state = ConnectorState.Running;
        if (isOurs && !broker!.Admits(configuration.Endpoint.User, configuration.Endpoint.Password))
            _trace = ConnectErrors.WrongCredentials(configuration.Endpoint);
        else
            _source = isOurs ? new IntakeSource(broker!, configuration, log) : new SubscriberSource(ClientId, configuration, log);
        _refusal?.Dispose();
        _refusal = null;
    }

    /// <summary>Stops taking messages. The broker in this process keeps no session, so it refuses them until the connector goes on.</summary>
    public async Task PauseAsync()
    {
        if (broker is not null && _source is IntakeSource)
            _refusal = RefuseMessages();
        await StopSourceAsync();
        _state = ConnectorState.Paused;
    }

    public async Task StopAsync()
    {
        await StopSourceAsync();
        _refusal?.Dispose();
        _refusal = null;
        _state = ConnectorState.Unassigned;
    }

    /// <summary>For good: the broker forgets the session as well, if it can be reached.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var hadSession = _source is SubscriberSource;
        await StopAsync();
        if (!hadSession)
            return;
        try
        {
            await MqttSubscriber.EndSessionAsync(MqttSourceConfiguration.Read(name, written, secrets).Endpoint, ClientId, cancellationToken);
        }
        catch (Exception error) when (error is MqttException or ConnectException)
        {
            // A broker that can't be reached drops the session when it expires.
        }
    }

    private SourceProgress Progress => _source?.Progress is { } now
        ? now with
        {
            Received = _before.Received + now.Received,
            Stored = _before.Stored + now.Stored,
            Redelivered = _before.Redelivered + now.Redelivered,
            Dropped = _before.Dropped + now.Dropped,
        }
        : _before;

    private IDisposable RefuseMessages() => broker!.Intake(_topics, _ => Task.FromException(ConnectErrors.Paused(name)));

    private async Task StopSourceAsync()
    {
        if (_source is null)
            return;
        await _source.DisposeAsync();
        _before = Progress with { Failure = null };
        _source = null;
    }
}
