using System.Globalization;
using SockSort.Sql.Catalog;
using SockSort.Sql.Connectors;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine;

/// <summary>What a statement gave.</summary>
public abstract record StatementResult;

/// <param name="Notes">What the user should know beside: an ignored setting, a topic that was made.</param>
public sealed record MessageResult(string Message, IReadOnlyList<string> Notes, string? QueryId = null) : StatementResult
{
    public MessageResult(string message)
        : this(message, [])
    {
    }

    /// <summary>Nothing was done, and that is no mistake: <c>IF EXISTS</c>, <c>IF NOT EXISTS</c> of a connector.</summary>
    public bool IsWarning { get; init; }
}

/// <summary>A listing: <c>SHOW …</c>, a part of <c>DESCRIBE</c>.</summary>
/// <param name="Footer">Lines below the table; empty for none.</param>
public sealed record TableResult(
    string? Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Footer)
    : StatementResult;

/// <summary>Several listings: <c>DESCRIBE … EXTENDED</c>.</summary>
public sealed record TablesResult(IReadOnlyList<TableResult> Tables) : StatementResult;

/// <summary>Plain text: <c>EXPLAIN</c>.</summary>
public sealed record TextResult(string Text) : StatementResult;

/// <summary><c>DESCRIBE FUNCTION</c>.</summary>
/// <param name="Kind"><c>SCALAR</c>, <c>AGGREGATE</c> or <c>TABLE</c>.</param>
/// <param name="Forms">How it may be called, at least one.</param>
/// <param name="Examples"><c>ABS(-3) => 3</c>.</param>
public sealed record FunctionResult(
    string Name, string Kind, string Description, IReadOnlyList<FunctionForm> Forms, IReadOnlyList<string> Examples)
    : StatementResult
{
    /// <summary>As ksqlDB's command line shows it, with examples.</summary>
    public string Text => string.Join('\n', [
        $"Name        : {Name}", $"Overview    : {Description}", $"Type        : {Kind}", "Variations  :",
        .. Forms.SelectMany(
            form => new[] { "", $"\tVariation   : {Name}({string.Join(", ", form.Arguments)})", $"\tReturns     : {form.Returns}" }),
        .. Examples.Count == 0 ? [] : new[] { "" }, .. Examples.Select(example => $"Example     : {example}")]);
}

/// <param name="Returns">The result's type, with the names that stand for any type.</param>
public sealed record FunctionForm(IReadOnlyList<FunctionArgument> Arguments, string Returns);

/// <param name="IsVariadic">None, one or more of it.</param>
public sealed record FunctionArgument(string Name, string Type, bool IsVariadic)
{
    public override string ToString() => $"{Name} {Type}{(IsVariadic ? "..." : "")}";
}

/// <summary><c>SHOW QUERIES EXTENDED</c>.</summary>
public sealed record QueriesResult(IReadOnlyList<QueryDescription> Queries) : StatementResult;

/// <param name="Kind"><c>PERSISTENT</c> or <c>PUSH</c>.</param>
/// <param name="Sink">Empty where there is none.</param>
/// <param name="LastError">Empty where there is none.</param>
/// <param name="Plan">As EXPLAIN shows it.</param>
public sealed record QueryDescription(
    string Id, string Kind, string State, string Sql, IReadOnlyList<string> Sources, string Sink, long Lag, string LastError, string Plan)
{
    /// <summary>Reads how far the query is behind.</summary>
    public static QueryDescription Of(QueryInfo query) => new(
        query.Id, query.Kind, query.State.ToString().ToUpperInvariant(), query.Sql, query.Sources, query.Sink ?? "", query.Lag(),
        query.LastError ?? "", query.Plan());

    public TableResult Table => new($"ID                   : {Id}", ["Property", "Value"],
        [
            ["Query Type", Kind], ["Status", State], ["SQL", SqlPrinter.OneLine(Sql)], ["Sources", string.Join(", ", Sources)],
            ["Sink", Sink],
            ["Lag", Lag.ToString(CultureInfo.InvariantCulture)], ["Last error", LastError],
        ],
        ["", .. Plan.Split('\n')]);
}

/// <summary><c>DESCRIBE CONNECTOR</c>.</summary>
/// <param name="Connector">Its settings without secrets.</param>
public sealed record ConnectorResult(ConnectorInfo Connector) : StatementResult
{
    /// <summary>As ksqlDB's command line shows it, with what is wrong, the settings and what it has done.</summary>
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

/// <summary>All rows of a pull query.</summary>
/// <param name="Rows">Boxed values; see <see cref="Types.SqlArray"/>.</param>
public sealed record RowsResult(IReadOnlyList<SourceColumn> Columns, IReadOnlyList<object?[]> Rows) : StatementResult
{
    /// <summary>Names of columns that are the key of the table; empty for a stream.</summary>
    public IReadOnlySet<string> KeyColumns { get; init; } = new HashSet<string>();

    /// <summary>Of a stream: why there are no more rows, in ksqlDB's words; null for a table.</summary>
    public string? EndMessage { get; init; }

    /// <summary>What the rows take in memory, roughly.</summary>
    public long Bytes { get; init; }
}

/// <summary>A push query has begun; dispose it to end it.</summary>
public sealed record PushResult(PushQuery Query) : StatementResult;

/// <summary><c>PRINT</c> has begun; dispose it to end it.</summary>
public sealed record PrintResult(TopicPrinter Printer) : StatementResult;
