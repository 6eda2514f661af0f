using System.Globalization;
using SockSort.Sql.Engine.Connectors;

namespace SockSort.Sql.Engine.Results;

/// <summary>The result of <c>DESCRIBE CONNECTOR</c>.</summary>
/// <param name="Connector">The connector, its settings without secrets.</param>
public sealed record ConnectorResult(ConnectorInfo Connector) : StatementResult
{
    /// <summary>The connector as ksqlDB's command line shows it, with what is wrong, its settings and its counters.</summary>
    public IReadOnlyList<TableResult> Tables =>
    [
        new(string.Join('\n', Title), ["Setting", "Value"], [.. Connector.Settings.Select(setting => new[] { setting.Key, setting.Value })],
            Connector.Topics.Count == 0 ? [] : [$"Related topics       : {string.Join(", ", Connector.Topics)}"]),
        .. Connector.Counts.Count == 0 ? [] : new[] { Counts },
    ];

    private IEnumerable<string> Title =>
    [
        $"Name                 : {Connector.Name}",
        $"Class                : {Connector.ClassName}",
        $"Type                 : {Connector.Kind}",
        $"State                : {Connector.State}",
        .. Line("Trace                : ", Connector.Trace),
        .. Line("Last error           : ", Connector.LastError == Connector.Trace ? null : Connector.LastError),
        .. Connector.Notes.Select(note => $"Note                 : {note}"),
    ];

    private TableResult Counts => new(null, ["Counter", "Value"],
        [
            .. Connector.Counts.Select(count => new[] { count.Name, count.Value?.ToString(CultureInfo.InvariantCulture) ?? "not known" }),
        ], []);

    private static IEnumerable<string> Line(string name, string? text) => text is null ? [] : [name + text];
}
