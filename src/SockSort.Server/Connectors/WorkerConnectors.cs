using SockSort.Connect;
using SockSort.Connect.Classes;
using SockSort.Connect.Worker;
using SockSort.Sql.Engine.Connectors;
using ConnectorInfo = SockSort.Sql.Engine.Connectors.ConnectorInfo;

namespace SockSort.Server.Connectors;

/// <summary>Executes SQL's statements about connectors on a worker.</summary>
public sealed class WorkerConnectors(ConnectWorker worker) : IConnectors
{
    public async Task<IReadOnlyList<string>> CreateAsync(
        string name, bool isSource, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var made = await worker.CreateAsync(name, settings, isSource ? ConnectorKind.Source : ConnectorKind.Sink, cancellation);
        return made.Trace is null ? made.Notes : [.. made.Notes, $"connector '{name}' has failed: {made.Trace}"];
    }

    /// <summary>Restores a connector. Its notes about settings are omitted, since they were reported when it was created.</summary>
    public async Task<IReadOnlyList<string>> RestoreAsync(
        string name, bool isSource, IReadOnlyDictionary<string, string> settings, bool isPaused, CancellationToken cancellation) =>
        [.. (await worker.RestoreAsync(name, settings, isPaused, cancellation)).Select(note => $"connector '{name}': {note}")];

    public async Task<IDroppedConnector?> DropAsync(string name, CancellationToken cancellation) =>
        await TryAsync(async () => new Dropped(await worker.DropAsync(name, cancellation)));

    public async Task<bool> PauseAsync(string name, CancellationToken cancellation) =>
        await TryAsync(() => worker.PauseAsync(name, cancellation));

    public async Task<bool> ResumeAsync(string name, CancellationToken cancellation) =>
        await TryAsync(() => worker.ResumeAsync(name, cancellation));

    public async Task<bool> RestartAsync(string name, CancellationToken cancellation) =>
        await TryAsync(() => worker.RestartAsync(name, cancellation));

    public IReadOnlyList<ConnectorInfo> List() => [.. worker.List().Select(connector => new ConnectorInfo(
        connector.Name, Word(connector.Kind), connector.Configuration.GetValueOrDefault("connector.class", ""),
        connector.State.ToString().ToUpperInvariant(), connector.Configuration,
        connector.Topics)
    {
        Trace = connector.Trace,
        LastError = connector.LastError,
        Notes = connector.Notes,
        Counts = [.. Counts(connector.Counts)],
    })];

    public IReadOnlyList<(string ClassName, string Kind)> Plugins() =>
        [.. worker.Plugins.All.Select(plugin => (plugin.ClassName, Word(plugin.Kind)))];

    private static string Word(ConnectorKind kind) => kind.ToString().ToLowerInvariant();

    private static IEnumerable<ConnectorCount> Counts(ConnectorCounts counts) =>
    [
        new("received", counts.Received),
        new("stored", counts.Stored),
        new("redelivered", counts.Redelivered),
        new("doubles", counts.Doubles),
        new("too large", counts.TooLarge),
        new("dead letters", counts.DeadLetters),
        new("foreign", counts.Foreign),
        new("dropped", counts.Dropped),
        new("broker dropped", counts.BrokerDropped),
        new("reconnects", counts.Reconnects),
    ];

    private static async Task<bool> TryAsync(Func<Task> act) => await TryAsync(async () =>
    {
        await act();
        return "";
    }) is not null;

    private static async Task<T?> TryAsync<T>(Func<Task<T>> act)
        where T : class
    {
        try
        {
            return await act();
        }
        catch (ConnectException error) when (error.Kind == ConnectErrorKind.NotFound)
        {
            return null;
        }
    }

    private sealed class Dropped(DroppedConnector dropped) : IDroppedConnector
    {
        public string Name => dropped.Name;

        public Task<string?> EndAsync(CancellationToken cancellation) => dropped.EndAsync(cancellation);
    }
}
