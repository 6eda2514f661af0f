using SockSort.Cli.Parts;
using SockSort.Connect.Classes;
using SockSort.Connect.Worker;
using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Settings;
using SockSort.Sql;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Syntax;

namespace SockSort.Cli.Run;

/// <summary>What a configuration says of connectors and queries, as statements that say what is to exist.</summary>
/// <param name="configuration">Without mistakes.</param>
/// <param name="worker">Knows the connectors' classes.</param>
internal sealed class RunScripts(RunConfiguration configuration, ConnectWorker worker)
{
    // The statements of a connector are not the user's: an error in them is told at the place of its key.
    private const string ConnectorScript = "connectors.";

    /// <summary>In the order in which they are applied; each is made when it is asked for.</summary>
    /// <returns>
    /// Tasks that fail with a <see cref="MistakeException"/> where there is no such class, or a file cannot be read. A connector is
    /// replaced where it was made with other settings, and left where it was made so.
    /// </returns>
    public IEnumerable<Task<SourceText>> All(CancellationToken cancellation)
    {
        var ofSorting = configuration.Sorting is { } sorting ? SortingParts.Connectors(sorting) : [];
        foreach (var connector in ofSorting.Concat(configuration.Connectors))
            yield return ConnectorAsync(connector);
        foreach (var path in configuration.Queries)
            yield return QueriesAsync(path, cancellation);
    }

    /// <summary>With the place in the script, or of the connector's key.</summary>
    public ConfigurationMistake MistakeOf(SqlException error)
    {
        var script = error.At.Source?.Name ?? "";
        return script.StartsWith(ConnectorScript, StringComparison.Ordinal)
            ? configuration.MistakeAt(script, error.Problem, error.Hint)
            : configuration.MistakeAt("queries", error.Message);
    }

    private async Task<SourceText> QueriesAsync(string path, CancellationToken cancellation)
    {
        var text = await RunMistakes.AtAsync(configuration, "queries", () => File.ReadAllTextAsync(path, cancellation));
        return new SourceText(Path.GetFileName(path), text);
    }

    private async Task<SourceText> ConnectorAsync(ConnectorConfiguration connector)
    {
        var key = ConnectorScript + connector.Name;
        var kind = await RunMistakes.AtAsync(
            configuration, key, () => Task.FromResult(worker.Plugins.KindOf(connector.Name, connector.Settings)));
        var create = ConnectorText.Create(connector.Name, kind == ConnectorKind.Source, connector.Settings);
        return new SourceText(key, $"{ConnectorText.Drop(connector.Name, ifExists: true)}\n{create}\n");
    }
}
