using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Runs SHOW and DESCRIBE: tables in the columns of ksqlDB's CLI.</summary>
internal sealed class ListStatements(EngineCore core)
{
    public StatementResult List(ListStatement statement, SqlSession session) => statement.Kind switch
    {
        ListKind.Topics => Topics(statement),
        ListKind.Streams => statement.Extended ? Descriptions(isTable: false, extended: true) : Sources(isTable: false),
        ListKind.Tables => statement.Extended ? Descriptions(isTable: true, extended: true) : Sources(isTable: true),
        ListKind.Queries =>
            statement.Extended ? new QueriesResult([.. SnapshotMaker.Of(core).Queries.Select(QueryDescription.Of)]) : Queries(),
        ListKind.Properties => Properties(session),
        ListKind.Functions => Functions(),
        ListKind.Types =>
            Table(["Type Name", "Schema"], core.Meta.Types.OrderBy(type => type.Key, StringComparer.Ordinal)
                .Select(type => Row(type.Key, Shown(type.Value)))),
        ListKind.Variables =>
            Table(["Variable Name", "Value"], session.Variables.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => Row(pair.Key, pair.Value))),
        _ => throw new InvalidOperationException($"{statement.Kind} is listed elsewhere"),
    };

    public static StatementResult Connectors(ListStatement statement, IConnectors connectors)
    {
        if (statement.Kind == ListKind.ConnectorPlugins)
            return Table(["Class", "Type"], connectors.Plugins().Select(plugin => Row(plugin.ClassName, plugin.Kind.ToUpperInvariant())));
        return Table(["Connector Name", "Type", "Class", "Status"], connectors.List()
            .Where(
                connector => statement.Which is null || string.Equals(connector.Kind, statement.Which, StringComparison.OrdinalIgnoreCase))
            .Select(connector => Row(connector.Name, connector.Kind.ToUpperInvariant(), connector.ClassName, connector.State)));
    }

    public StatementResult Describe(DescribeStatement statement) => statement.Kind switch
    {
        DescribeKind.Streams => Descriptions(isTable: false, statement.Extended),
        DescribeKind.Tables => Descriptions(isTable: true, statement.Extended),
        DescribeKind.Function =>
            new DescribeFunctions(core.Options.Functions).Describe(statement.Name!.ToUpperInvariant(), statement.NameSpan),
        _ => new TablesResult(Description(core.Source(statement.Name!, statement.NameSpan), statement.Extended)),
    };

    private static TableResult Table(
        IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, IReadOnlyList<string>? footer = null) =>
        new(null, columns, [.. rows], footer ?? []);

    private static IReadOnlyList<string> Row(params string[] cells) => cells;

    private TableResult Topics(ListStatement statement)
    {
        var topics = core.Log.Topics().Where(topic => statement.All || !topic.Name.StartsWith('_'));
        if (!statement.Extended)
            return Table(
                ["Kafka Topic", "Partitions", "Partition Replicas"], topics.Select(topic => Row(topic.Name, $"{topic.Partitions}", "1")));
        var now = SnapshotMaker.Of(core);
        return Table(["Kafka Topic", "Partitions", "Partition Replicas", "Consumers", "Consumer Groups"],
            topics.Select(
                topic => Row(topic.Name, $"{topic.Partitions}", "1", $"{now.Readers(topic.Name)}", $"{now.Readers(topic.Name)}")));
    }

    private TablesResult Descriptions(bool isTable, bool extended) =>
        new([.. core.Meta.Sources.Where(source => source.IsTable == isTable).SelectMany(source => Description(source, extended))]);

    private TableResult Sources(bool isTable)
    {
        var sources = core.Meta.Sources.Where(source => source.IsTable == isTable);
        return isTable
            ? Table(["Table Name", "Kafka Topic", "Key Format", "Value Format", "Windowed"],
                sources.Select(
                    source =>
                        Row(source.Name, source.Topic, source.KeyFormat.Name, source.ValueFormat.Name, source.Window is null
                            ? "false"
                            : "true")))
            : Table(["Stream Name", "Kafka Topic", "Key Format", "Value Format", "Windowed"],
                sources.Select(
                    source =>
                        Row(source.Name, source.Topic, source.KeyFormat.Name, source.ValueFormat.Name, source.Window is null
                            ? "false"
                            : "true")));
    }

    private TableResult Queries() => Table(["Query ID", "Query Type", "Status", "Sink Name", "Sink Kafka Topic", "Query String"],
        core.Queries.Select(query => Row(query.Id, query.Sink is null ? "PUSH" : "PERSISTENT", StateOf(query), query.Sink ?? "",
            query.Sink is null ? "" : core.Meta.Find(query.Sink)?.Topic ?? "", SqlPrinter.OneLine(query.Sql))),
        ["For detailed information on a Query run: EXPLAIN <Query ID>;"]);

    private string StateOf(RunningQuery query) => core.StateOf(query).ToString().ToUpperInvariant();

    private static TableResult Properties(SqlSession session) => Table(["Property", "Default override", "Effective Value"],
        EngineProperties.Known.Select(known => Row(known.Name, session.Properties.ContainsKey(known.Name) ? "SESSION" : "",
            session.Properties.GetValueOrDefault(known.Name, known.Default)))
        .Concat(
            session.Properties.Where(set => EngineProperties.Known.All(known => known.Name != set.Key))
                .Select(set => Row(set.Key, "SESSION", set.Value))));

    private TableResult Functions() => Table(["Function Name", "Category"],
        core.Options.Functions.Scalars.Select(function => Row(function.Name, function.Family))
            .Concat(core.Options.Functions.Aggregates.Select(function => Row(function.Name, "Aggregate")))
            .Concat(core.Options.Functions.Tables.Select(function => Row(function.Name, "Table")))
            .OrderBy(row => row[0], StringComparer.Ordinal));

    private static TableResult Columns(DataSource source) => new(
        $"Name                 : {source.Name}", ["Field", "Type"],
        [.. source.Schema.InOrder.Select(column => Row(column.Name, $"{Shown(column.Type)}{RoleOf(column, source)}"))],
        [$"For runtime statistics and query details run: DESCRIBE {source.Name} EXTENDED;"]);

    private static string RoleOf(SourceColumn column, DataSource source)
    {
        if (source.Schema.IsKey(column))
            return $"  {KeyOf(source)}";
        if (!source.Schema.IsHeader(column))
            return "";
        return column.HeaderKey is { } name ? $"  (header('{name}'))" : "  (headers)";
    }

    private static string KeyOf(DataSource source)
    {
        var key = source.IsTable ? "(primary key)" : "(key)";
        return source.Window is null ? key : $"{key} (Window type: {source.Window.Kind.ToString().ToUpperInvariant()})";
    }

    /// <summary>Shows a type as ksqlDB's command line does: strings as <c>VARCHAR(STRING)</c>, names without quotes.</summary>
    private static string Shown(SqlType type) => type switch
    {
        StructType row => $"STRUCT<{string.Join(", ", row.Fields.Select(field => $"{field.Name} {Shown(field.Type)}"))}>",
        ArrayType array => $"ARRAY<{Shown(array.Element)}>",
        MapType map => $"MAP<{map.Key}, {Shown(map.Value)}>",
        { Base: SqlBaseType.String } => "VARCHAR(STRING)",
        _ => type.ToString(),
    };

    private IReadOnlyList<TableResult> Description(DataSource source, bool extended)
    {
        var columns = Columns(source);
        if (!extended)
            return [columns];
        var facts = new List<IReadOnlyList<string>>
        {
            Row("Type", source.KindName.ToUpperInvariant()),
            Row("Timestamp field", source.Timestamp?.Name ?? "Not set - using <ROWTIME>"),
            Row("Key format", source.KeyFormat.Name),
            Row("Value format", source.ValueFormat.Name),
            Row("Kafka topic", $"{source.Topic} (partitions: {core.Log.FindTopic(source.Topic)?.Partitions ?? 0})"),
            Row("Statement", SqlPrinter.OneLine(source.Sql)),
        };
        var queries = core.PersistentQueries
            .Where(query => query.Uses(source.Name))
            .Select(query => Row(
                query.Id, query.Sinks.Contains(source.Name) ? "writes" : "reads", StateOf(query), $"{query.Built.Metrics.Read}",
                $"{query.Built.Metrics.Written}",
                $"{query.Built.Metrics.Late}", $"{query.Built.Metrics.Skipped}", $"{core.LagOf(query.AllPlaces())}",
                $"{query.StateBytes}",
                query.Built.Metrics.Newest?.Text ?? ""));
        return [columns with { Footer = [] }, new(null, ["Property", "Value"], facts, []),
            new("Queries", [
                "Query ID", "Role", "Status", "In", "Out", "Late", "Skipped", "Lag", "State bytes", "Last error",
            ], [.. queries], [])];
    }
}
