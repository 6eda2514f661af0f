using SockSort.Connect;
using SockSort.Sql.Connectors;
using ConnectorInfo = SockSort.Sql.Connectors.ConnectorInfo;

namespace SockSort.Cli.Sql;

/// <summary>Lets SQL's statements about connectors act on a worker.</summary>
internal sealed class WorkerConnectors(ConnectWorker worker) : IConnectors
{
    private const string Source = "source";

    public async Task<IReadOnlyList<string>> CreateAsync(
        string name, bool isSource, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        try
        {
            var made = await worker.CreateAsync(name, settings, cancellation);
            return made.Trace is null ? made.Notes : [.. made.Notes, $"connector '{name}' has failed: {made.Trace}"];
        }
        catch (ConnectException error)
        {
            throw new InvalidOperationException(error.Message, error);
        }
    }

    public async Task<bool> DropAsync(string name, CancellationToken cancellation)
    {
        if (await worker.FindAsync(name, cancellation) is null)
            return false;
        await worker.DeleteAsync(name, cancellation);
        return true;
    }

    public async Task<IReadOnlyList<ConnectorInfo>> ListAsync(CancellationToken cancellation) =>
        [.. (await worker.ListAsync(cancellation)).Select(connector => new ConnectorInfo(
            connector.Name, Source, connector.Configuration.GetValueOrDefault("connector.class", ""),
            connector.State.ToString().ToUpperInvariant(), connector.Configuration,
            connector.Configuration.TryGetValue("kafka.topic", out var topic) ? [topic] : []))];

    public Task<IReadOnlyList<(string ClassName, string Kind)>> PluginsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<(string, string)>>([.. ConnectWorker.Plugins.Select(plugin => (plugin, Source))]);
}
