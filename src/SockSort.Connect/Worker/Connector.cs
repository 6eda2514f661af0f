namespace SockSort.Connect;

/// <summary>One connector of the worker. It is changed under the worker's lock, and read without it.</summary>
/// <param name="written">The configuration with placeholders of secrets.</param>
internal sealed class Connector(string name, IReadOnlyDictionary<string, string> written, ConnectorPlace place)
{
    // How soon and how seldom secrets that are missing or wrong are looked up again.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly List<BrokerSession> _toEnd = [];
    private volatile IMqttSource? _source;
    private volatile ConnectorCounts _before = ConnectorCounts.None;
    private volatile IReadOnlyList<string> _notes = [];
    private volatile string? _failure;
    private volatile string? _lastError;
    private volatile Target _target = Target.Stopped;
    private IDisposable? _refusal;
    private CancellationTokenSource? _retryEnd;
    private Task _retrying = Task.CompletedTask;
    private Task _ending = Task.CompletedTask;

    private enum Target
    {
        Stopped,
        Running,
        Paused,
    }

    public string Name => name;

    /// <summary>Of its notes those that do not come from the configuration alone, after <see cref="Check"/>.</summary>
    public IReadOnlyList<string> StartNotes { get; private set; } = [];

    public bool IsPaused => _target == Target.Paused;

    public bool IsStopped => _target == Target.Stopped;

    public ConnectorInfo Info
    {
        get
        {
            var progress = _source?.Progress;
            var counts = progress is null ? _before : _before.Add(progress.Counts);
            var failure = _target == Target.Running ? _failure ?? progress?.Failure : null;
            var state = _target switch
            {
                Target.Paused => ConnectorState.Paused,
                Target.Stopped => ConnectorState.Unassigned,
                _ when failure is not null => ConnectorState.Failed,
                _ => progress?.State ?? ConnectorState.Unassigned,
            };
            return new ConnectorInfo(name, state, written, _notes, failure, counts, failure ?? progress?.LastError ?? _lastError);
        }
    }

    /// <summary>What a broker keeps for it while it is away; null where none keeps anything.</summary>
    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    public BrokerSession? Session()
    {
        var configuration = Read();
        return configuration.KeepSession && !IsOurs(configuration) ? SessionOf(configuration) : null;
    }

    /// <summary>A session of an earlier connector that goes when this one starts.</summary>
    public void EndAtStart(BrokerSession session) => _toEnd.Add(session);

    /// <exception cref="ConnectException">The configuration can't be used.</exception>
    public void Check() => _notes = NotesOn(Read());

    /// <summary>Starts it. Where a secret is missing or wrong it has failed, and looks again by itself.</summary>
    public void Start()
    {
        _target = Target.Running;
        _failure = TryBegin();
        if (_failure is not null)
        {
            _retryEnd = new CancellationTokenSource();
            _retrying = Task.Run(() => RetryAsync(_retryEnd.Token));
        }
        if (_toEnd.Count > 0)
            _ending = EndFormerAsync([.. _toEnd]);
        _toEnd.Clear();
    }

    /// <summary>Stops taking messages. The broker in this process keeps no session, so it refuses them until the connector goes on.</summary>
    public async Task PauseAsync()
    {
        var refusal = RefusalAtOwnBroker();
        await StopSourceAsync();
        _refusal?.Dispose();
        _refusal = refusal;
        _target = Target.Paused;
    }

    public async Task StopAsync()
    {
        await StopSourceAsync();
        await _ending;
        _refusal?.Dispose();
        _refusal = null;
        _target = Target.Stopped;
    }

    private MqttSourceConfiguration Read() => MqttSourceConfiguration.Read(name, written, place.Secrets);

    private bool IsOurs(MqttSourceConfiguration configuration) => place.Broker?.IsAt(configuration.Endpoint) == true;

    // One session a data folder, whatever others call their connectors: two with one name would throw each other out.
    private BrokerSession SessionOf(MqttSourceConfiguration configuration) =>
        new(configuration.Endpoint, configuration.ClientId ?? ClientIdOf(place.Identity.Id));

    private string ClientIdOf(string identity) => $"socksort-connect-{name}-{identity}";

    private IReadOnlyList<string> NotesOn(MqttSourceConfiguration configuration)
    {
        StartNotes = IsOurs(configuration) ? [] : StartNotesOn(configuration);
        return [.. configuration.Notes, .. StartNotes];
    }

    private List<string> StartNotesOn(MqttSourceConfiguration configuration)
    {
        var session = SessionOf(configuration);
        var notes = new List<string>();
        if (configuration.ClientId is null && place.Identity.Former is { } former)
            notes.Add(ConnectErrors.CopiedFolder(session.ClientId, ClientIdOf(former)));
        if (place.Memory.FormerBrokerOf(session) is { } broker && !_toEnd.Any(ended => ended.Broker == broker))
            notes.Add(ConnectErrors.FormerBroker(session, broker));
        return notes;
    }

    /// <returns>Why it can't; null where it has begun.</returns>
    private string? TryBegin()
    {
        try
        {
            var configuration = Read();
            _notes = NotesOn(configuration);
            if (!IsOurs(configuration))
                Begin(BeginAt(configuration));
            else if (place.Broker!.Admits(configuration.Endpoint.User, configuration.Endpoint.Password))
                Begin(new IntakeSource(name, place.Broker, configuration, place.Log));
            else
                return WrongCredentials(configuration);
            return null;
        }
        catch (ConnectException error)
        {
            return error.Message;
        }
    }

    private SubscriberSource BeginAt(MqttSourceConfiguration configuration)
    {
        var session = SessionOf(configuration);
        if (configuration.ClientId is null && place.Identity.Interim is { } interim)
            _toEnd.Add(session with { ClientId = ClientIdOf(interim) });
        return new SubscriberSource(name, session, configuration, () => Read().Endpoint, place.Memory, place.Log);
    }

    private void Begin(IMqttSource source)
    {
        _source = source;
        _refusal?.Dispose();
        _refusal = null;
    }

    // What is published meanwhile would be acknowledged and taken by nobody.
    private string WrongCredentials(MqttSourceConfiguration configuration)
    {
        var refusal = Refuse(configuration.MqttTopics);
        _refusal?.Dispose();
        _refusal = refusal;
        return ConnectErrors.WrongCredentials(configuration.Endpoint);
    }

    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var pause = FirstPause; _failure is not null; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
            {
                await Task.Delay(pause, place.Clock, cancellationToken);
                _lastError = _failure;
                _failure = TryBegin();
            }
        }
        catch (OperationCanceledException)
        {
            // It is stopped, or started anew.
        }
    }

    private async Task EndFormerAsync(IReadOnlyList<BrokerSession> sessions)
    {
        foreach (var session in sessions)
        {
            if (await SessionEnd.TryAsync(session, CancellationToken.None) is { } problem)
                _notes = [.. _notes, problem];
        }
    }

    private IDisposable? RefusalAtOwnBroker()
    {
        try
        {
            var configuration = Read();
            _notes = NotesOn(configuration);
            return IsOurs(configuration) ? Refuse(configuration.MqttTopics) : null;
        }
        catch (ConnectException)
        {
            return null;
        }
    }

    private IDisposable Refuse(IReadOnlyList<string> topics) => place.Broker!.Intake(topics, _ => Task.FromException(ConnectErrors.Paused(name)));

    private async Task StopSourceAsync()
    {
        if (_retryEnd is not null)
        {
            await _retryEnd.CancelAsync();
            await _retrying;
            _retryEnd.Dispose();
            _retryEnd = null;
        }
        if (_source is { } source)
        {
            await source.DisposeAsync();
            var last = source.Progress;
            _lastError = last.LastError ?? _lastError;
            _before = _before.Add(last.Counts);
            _source = null;
        }
        _failure = null;
    }
}
