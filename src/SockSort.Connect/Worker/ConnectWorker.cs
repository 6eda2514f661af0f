using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Log;
using SockSort.Mqtt.Broker;

namespace SockSort.Connect.Worker;

/// <summary>Holds the connectors by name and keeps them running, as a Kafka Connect worker does. Thread-safe.</summary>
public sealed class ConnectWorker : IAsyncDisposable
{
    private readonly ILogger _log;
    private readonly ConnectorPlace _place;
    private readonly ConnectorClasses _classes;
    private readonly StoppedMarks _stopped;
    private readonly UsedTopics _used;
    private readonly Gate _gate = new();
    private readonly Dictionary<string, DroppedConnector> _dropped = new(StringComparer.Ordinal);

    // This is read without the gate, so that asking for the state of connectors never waits for a broker that does not answer.
    private volatile ImmutableSortedDictionary<string, Connector> _connectors = ImmutableSortedDictionary.Create<string, Connector>(
        StringComparer.Ordinal);

    // Connectors that start at the release, and whether each is to be paused then; null where each starts when it is created.
    private Dictionary<Connector, bool>? _held;

    /// <param name="log">The log of the connectors; the worker does not close it.</param>
    /// <param name="secrets">Finds the secrets that placeholders name.</param>
    /// <param name="broker">
    /// The broker in this process; null for none. A source with its address receives messages directly from it.
    /// </param>
    /// <param name="hasMoved">
    /// Whether the data folder was moved here and is used nowhere else, so that connectors resume the sessions that brokers keep for it.
    /// </param>
    /// <param name="clock">The clock; null, the default, is that of the system.</param>
    /// <param name="loggers">Makes the logger of connector events, see docs/reference/logging.md; null for none.</param>
    public ConnectWorker(
        ILog log, Secrets secrets, EmbeddedBroker? broker = null, bool hasMoved = false, TimeProvider? clock = null,
        ILoggerFactory? loggers = null)
    {
        _log = (loggers ?? NullLoggerFactory.Instance).CreateLogger<ConnectWorker>();
        _place = new(log, secrets, broker, hasMoved, clock ?? TimeProvider.System, _log);
        _classes = new ConnectorClasses(_place);
        Plugins = new ConnectorPlugins(_classes, secrets);
        (_stopped, _used) = (new StoppedMarks(log), new UsedTopics(log));
    }

    /// <summary>The connector classes, and what their keys say of a configuration.</summary>
    public ConnectorPlugins Plugins { get; }

    /// <summary>
    /// From now on, connectors are created, dropped and paused without any connection to a broker, until <see cref="ReleaseAsync"/>.
    /// </summary>
    public void Hold() => _held ??= [];

    /// <summary>Starts the connectors created since <see cref="Hold"/>, each in its latest state.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken = default)
    {
        using var gate = await _gate.HoldAsync(cancellationToken);
        if (_held is not { } waiting)
            return;
        _held = null;
        foreach (var (connector, isPaused) in waiting)
            await StartAsync(connector, isPaused);
    }

    /// <summary>
    /// Creates a connector and starts it. It resumes what the broker keeps for a connector of this name that was dropped but not ended.
    /// </summary>
    /// <param name="configuration">
    /// Keys and values as for Kafka Connect; where <c>name</c> is given, it must equal <paramref name="name"/>.
    /// </param>
    /// <param name="kind">The kind that the class must have; null for either.</param>
    /// <param name="cancellationToken">Cancels the wait for other changes to end.</param>
    /// <returns>
    /// The connector's state. A broker that refuses it makes it <see cref="ConnectorState.Failed"/>, which is not an error here.
    /// </returns>
    /// <exception cref="ConnectException">
    /// The name is taken, a key is missing, a value can't be used, or a secret can't be found.
    /// </exception>
    public async Task<ConnectorInfo> CreateAsync(
        string name, IReadOnlyDictionary<string, string> configuration, ConnectorKind? kind = null,
        CancellationToken cancellationToken = default)
    {
        ConnectorChecks.Name(name, configuration);
        ConnectorChecks.Kind(name, _classes.Of(name, configuration), kind);
        using var gate = await _gate.HoldAsync(cancellationToken);
        if (_connectors.ContainsKey(name))
            throw ConnectErrors.NameTaken(name);
        var connector = new Connector(name, new Dictionary<string, string>(configuration), _classes, _place);
        var kept = connector.Kept();
        CheckIsFree(name, kept);
        if (_dropped.TryGetValue(name, out var before) && before.Kept is { } former && kept?.IsSame(former) != true)
            connector.EndAtStart(former);
        connector.Check();
        _ = _dropped.Remove(name);
        _log.ConnectorCreated(name, connector.Info.KindWord, connector.Info.TopicsText);
        await AddAsync(connector, isPaused: false);
        return connector.Info;
    }

    /// <summary>
    /// Replaces the configuration of a connector. A paused or stopped one stays so, and it resumes what its broker keeps for it where the
    /// session stays the same.
    /// </summary>
    /// <param name="configuration">As for <see cref="CreateAsync"/>.</param>
    /// <param name="keep">
    /// Called when the configuration is known to be usable, before anything changes; where it throws, nothing is changed.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait for other changes to end.</param>
    /// <exception cref="ConnectException">There is no connector of this name, or the configuration can't be used.</exception>
    public async Task<ConnectorInfo> ReplaceAsync(
        string name, IReadOnlyDictionary<string, string> configuration, Action keep, CancellationToken cancellationToken = default)
    {
        ConnectorChecks.Name(name, configuration);
        using var gate = await _gate.HoldAsync(cancellationToken);
        var former = _connectors.GetValueOrDefault(name) ?? throw ConnectErrors.NotFound(name, _connectors.Keys);
        var connector = new Connector(name, new Dictionary<string, string>(configuration), _classes, _place);
        var kept = connector.Kept();
        CheckIsFree(name, kept);
        connector.Check();
        keep();
        if (former.TryKept().Kept is { } before && kept?.IsSame(before) != true)
            connector.EndAtStart(before);
        await SwapAsync(former, connector);
        _log.ConnectorReplaced(name, connector.Info.KindWord, connector.Info.TopicsText);
        return connector.Info;
    }

    /// <summary>
    /// Restores a connector of an earlier run. Where its configuration or its secrets can't be used now, it exists and is in the failed
    /// state.
    /// </summary>
    /// <returns>Notes for the user that only this start gives rise to.</returns>
    /// <exception cref="ConnectException">The name is taken.</exception>
    public async Task<IReadOnlyList<string>> RestoreAsync(
        string name, IReadOnlyDictionary<string, string> configuration, bool isPaused, CancellationToken cancellationToken = default)
    {
        using var gate = await _gate.HoldAsync(cancellationToken);
        if (_connectors.ContainsKey(name))
            throw ConnectErrors.NameTaken(name);
        var connector = new Connector(name, new Dictionary<string, string>(configuration), _classes, _place);
        try
        {
            connector.Check();
        }
        catch (ConnectException)
        {
            // The start reports the error, and retries.
        }
        _log.ConnectorRestored(name, connector.Info.KindWord, connector.Info.TopicsText);
        await AddAsync(connector, isPaused);
        return connector.StartNotes;
    }

    /// <summary>Returns all connectors, ordered by name, without waiting.</summary>
    public IReadOnlyList<ConnectorInfo> List() => [.. _connectors.Values.Select(connector => connector.Info)];

    /// <summary>Returns a connector without waiting; null where there is none of this name.</summary>
    public ConnectorInfo? Find(string name) => _connectors.GetValueOrDefault(name)?.Info;

    /// <summary>
    /// Returns the topics that a connector has used since the last <see cref="ResetUsedTopics"/>, or ever where there was none.
    /// </summary>
    public IReadOnlyList<string> UsedTopicsOf(string name) => Find(name) is { } info ? _used.Of(info) : [];

    /// <summary>Clears the topics of <see cref="UsedTopicsOf"/>. The reset lasts until the program ends.</summary>
    public void ResetUsedTopics(string name)
    {
        if (Find(name) is { } info)
            _used.Reset(info);
    }

    /// <summary>Returns the offsets of a sink. There are none for a source, whose pending messages wait at its broker.</summary>
    /// <exception cref="ConnectException">There is no connector of this name.</exception>
    public IReadOnlyList<ConnectorOffset> OffsetsOf(string name)
    {
        var info = Find(name) ?? throw ConnectErrors.NotFound(name, _connectors.Keys);
        return info.Kind == ConnectorKind.Sink ? new SinkOffsets(_place.Log, name).Read(info.Topics) : [];
    }

    /// <summary>Alters the offsets of a stopped sink.</summary>
    /// <exception cref="ConnectException">
    /// There is no connector of this name, it is not stopped, it is a source, or it has no such partition.
    /// </exception>
    public Task AlterOffsetsAsync(string name, IReadOnlyList<ConnectorOffset> offsets, CancellationToken cancellationToken = default) =>
        WithStoppedAsync(name, async info =>
        {
            if (info.Kind == ConnectorKind.Source)
                throw ConnectErrors.NoOffsets(name, info.ClassName ?? "");
            await new SinkOffsets(_place.Log, name).AlterAsync(info.Topics, offsets);
            _log.OffsetsAltered(name, offsets.Count);
        }, cancellationToken);

    /// <summary>
    /// Makes a stopped sink restart at the oldest records of its topics. Nothing happens for a source, which has no offsets.
    /// </summary>
    /// <exception cref="ConnectException">There is no connector of this name, or it is not stopped.</exception>
    public Task ResetOffsetsAsync(string name, CancellationToken cancellationToken = default) =>
        WithStoppedAsync(name, async info =>
        {
            if (info.Kind == ConnectorKind.Source)
                return;
            var offsets = new SinkOffsets(_place.Log, name);
            var count = offsets.Read(info.Topics).Count;
            await offsets.ResetAsync();
            _log.OffsetsAltered(name, count);
        }, cancellationToken);

    /// <summary>Makes the next connector created under this name begin in the state <see cref="ConnectorState.Stopped"/>.</summary>
    public Task StopAheadAsync(string name) => _stopped.SetAsync(name);

    /// <summary>Undoes <see cref="StopAheadAsync"/> where no connector was created.</summary>
    public Task ForgetStopAheadAsync(string name) => Find(name) is null ? _stopped.ClearAsync(name) : Task.CompletedTask;

    /// <summary>
    /// Stops receiving messages until <see cref="ResumeAsync"/>. An external broker keeps them meanwhile; the broker in this process
    /// acknowledges none of them, so their publishers keep them.
    /// </summary>
    /// <exception cref="ConnectException">There is no connector of this name.</exception>
    public Task PauseAsync(string name, CancellationToken cancellationToken = default) => WithAsync(name, async connector =>
    {
        await _stopped.ClearAsync(name);
        if (_held?.ContainsKey(connector) == true)
            _held[connector] = true;
        else if (!connector.IsPaused)
            await HoldBackAsync(connector);
    }, cancellationToken);

    /// <summary>Resumes a connector after <see cref="PauseAsync"/> or <see cref="StopAsync"/>.</summary>
    /// <exception cref="ConnectException">There is no connector of this name.</exception>
    public Task ResumeAsync(string name, CancellationToken cancellationToken = default) => WithAsync(name, async connector =>
    {
        await _stopped.ClearAsync(name);
        if (_held?.ContainsKey(connector) == true)
            _held[connector] = false;
        else if (connector.IsPaused || connector.IsStopped)
            Resume(connector);
    }, cancellationToken);

    /// <summary>Restarts a connector with its secrets as they are now, and clears a failure. A paused or stopped one stays so.</summary>
    /// <exception cref="ConnectException">There is no connector of this name.</exception>
    public Task RestartAsync(string name, CancellationToken cancellationToken = default) => WithAsync(name, async connector =>
    {
        if (connector.IsPaused || connector.IsStopped || _held?.ContainsKey(connector) == true)
            return;
        // It is paused rather than ended, so that the broker in this process does not acknowledge messages that arrive meanwhile.
        await connector.PauseAsync();
        _log.ConnectorRestarted(name);
        connector.Start();
    }, cancellationToken);

    /// <summary>
    /// Pauses a connector as <see cref="PauseAsync"/> does, and allows its offsets to be altered. It stays stopped when the program
    /// restarts.
    /// </summary>
    /// <exception cref="ConnectException">There is no connector of this name.</exception>
    /// <exception cref="LogException">The connector is stopped, but the mark that keeps it stopped could not be stored.</exception>
    public Task StopAsync(string name, CancellationToken cancellationToken = default) => WithAsync(name, async connector =>
    {
        // The connector is stopped first: on a full disk, the mark can't be stored.
        if (_held?.ContainsKey(connector) != true && !connector.IsStopped)
            await HoldStoppedAsync(connector);
        await _stopped.SetAsync(name);
    }, cancellationToken);

    /// <summary>
    /// Stops and removes a connector. The records that it has written stay, and its broker keeps its session until
    /// <see cref="DroppedConnector.EndAsync"/>.
    /// </summary>
    /// <exception cref="ConnectException">There is no connector of this name.</exception>
    public async Task<DroppedConnector> DropAsync(string name, CancellationToken cancellationToken = default)
    {
        DroppedConnector dropped = null!;
        await WithAsync(name, async connector =>
        {
            await connector.EndAsync();
            await _stopped.ClearAsync(name);
            _connectors = _connectors.Remove(name);
            _ = _held?.Remove(connector);
            _dropped[name] = dropped = Dropped(connector);
            _log.ConnectorDropped(name);
        }, cancellationToken);
        return dropped;
    }

    /// <summary>Drops a connector and ends its session at once.</summary>
    /// <returns>The reason, for the user, why the broker keeps the session; null where it is gone.</returns>
    /// <exception cref="ConnectException">There is no connector of this name.</exception>
    public async Task<string?> DeleteAsync(string name, CancellationToken cancellationToken = default) =>
        await (await DropAsync(name, cancellationToken)).EndAsync(cancellationToken);

    /// <summary>
    /// Stops the sinks: what they write to may end before the sources do. Records that were not delivered are delivered at the next start.
    /// </summary>
    public async Task EndSinksAsync()
    {
        using var gate = await _gate.HoldAsync(CancellationToken.None);
        await Task.WhenAll(
            _connectors.Values.Where(connector => connector.Info.Kind == ConnectorKind.Sink).Select(connector => connector.EndAsync()));
    }

    /// <summary>Stops all connectors. External brokers keep their sessions.</summary>
    public async ValueTask DisposeAsync()
    {
        using var gate = await _gate.HoldAsync(CancellationToken.None);
        await Task.WhenAll(_connectors.Values.Select(connector => connector.EndAsync()));
        _connectors = _connectors.Clear();
    }

    private void CheckIsFree(string name, IKept? kept)
    {
        if (kept is not null && HolderOf(kept, name) is { } holder)
            throw kept.TakenBy(name, holder.Name);
    }

    private Connector? HolderOf(IKept kept, string name) =>
        _connectors.Values.FirstOrDefault(other => other.Name != name && other.TryKept().Kept?.IsSame(kept) == true);

    private DroppedConnector Dropped(Connector connector)
    {
        var (kept, problem) = connector.TryKept();
        return new DroppedConnector(connector.Name, kept, problem, EndAsync);
    }

    private async Task<string?> EndAsync(DroppedConnector dropped, CancellationToken cancellationToken)
    {
        using var gate = await _gate.HoldAsync(cancellationToken);
        if (!_dropped.TryGetValue(dropped.Name, out var current) || current != dropped)
            return null;
        _ = _dropped.Remove(dropped.Name);
        var note = await dropped.EndKeptAsync(cancellationToken);
        if (note is not null)
            _log.SessionStays(dropped.Name, note);
        return note;
    }

    private async Task AddAsync(Connector connector, bool isPaused)
    {
        _connectors = _connectors.Add(connector.Name, connector);
        if (_held is not null)
            _held.Add(connector, isPaused);
        else
            await StartAsync(connector, isPaused);
    }

    private Task StartAsync(Connector connector, bool isPaused)
    {
        if (_stopped.Has(connector.Name))
            return HoldStoppedAsync(connector);
        if (isPaused)
            return HoldBackAsync(connector);
        connector.Start();
        return Task.CompletedTask;
    }

    private async Task SwapAsync(Connector former, Connector connector)
    {
        if (_held is not null && _held.Remove(former, out var isToBePaused))
            _held.Add(connector, isToBePaused);
        else
        {
            // The broker in this process refuses new messages until the new connector receives them.
            var isPaused = former.IsPaused;
            await former.PauseAsync();
            await StartAsync(connector, isPaused);
            await former.EndAsync();
        }
        _connectors = _connectors.SetItem(connector.Name, connector);
    }

    private async Task HoldBackAsync(Connector connector)
    {
        await connector.PauseAsync();
        _log.ConnectorPaused(connector.Name);
    }

    private async Task HoldStoppedAsync(Connector connector)
    {
        await connector.HoldStoppedAsync();
        _log.ConnectorStopped(connector.Name);
    }

    private void Resume(Connector connector)
    {
        _log.ConnectorResumed(connector.Name);
        connector.Start();
    }

    private async Task WithAsync(string name, Func<Connector, Task> act, CancellationToken cancellationToken)
    {
        using var gate = await _gate.HoldAsync(cancellationToken);
        await act(_connectors.GetValueOrDefault(name) ?? throw ConnectErrors.NotFound(name, _connectors.Keys));
    }

    private async Task WithStoppedAsync(string name, Func<ConnectorInfo, Task> act, CancellationToken cancellationToken) =>
        await WithAsync(
            name, connector => connector.IsStopped ? act(connector.Info) : throw ConnectErrors.NotStopped(name), cancellationToken);
}
