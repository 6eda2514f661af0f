using System.Globalization;
using System.Text.Json.Nodes;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Server.Ksql.Statements;

/// <summary>Converts results of DESCRIBE and EXPLAIN to ksqlDB's entities.</summary>
internal static class DescribeEntities
{
    public static JsonObject Of(DescribeStatement statement, StatementResult result, EngineSnapshot now) => statement.Kind switch
    {
        DescribeKind.Source =>
            new JsonObject
            {
                ["@type"] = "sourceDescription",
                ["sourceDescription"] = Source(now.Source(statement.Name!)!, statement.Extended, now),
            },
        DescribeKind.Streams or DescribeKind.Tables => Sources(statement.Kind == DescribeKind.Tables, statement.Extended, now),
        DescribeKind.Function => Function((FunctionResult)result),
        _ => Connector(((ConnectorResult)result).Connector, now),
    };

    public static JsonObject Of(ExplainStatement statement, TextResult plan, EngineSnapshot now)
    {
        var query = now.Queries.FirstOrDefault(known => known.Id == statement.QueryId);
        return new JsonObject
        {
            ["@type"] = "queryDescription",
            ["queryDescription"] = Query(
                query, query?.Sql ?? statement.Explained!.Span.Text, plan.Text, statement.Explained is CreateAsSelect or InsertSelect, now),
        };
    }

    /// <summary>The entity of <c>SHOW QUERIES EXTENDED</c>.</summary>
    public static JsonObject Queries(EngineSnapshot now) => new()
    {
        ["@type"] = "query_descriptions",
        ["queryDescriptions"] = new JsonArray(
            [.. now.Queries.Select(query => Query(query, query.Sql, query.Plan(), isPersistent: false, now))]),
    };

    /// <summary>The entity of <c>SHOW STREAMS EXTENDED</c> and <c>DESCRIBE STREAMS</c>, and the same for tables.</summary>
    public static JsonObject Sources(bool areTables, bool extended, EngineSnapshot now) => new()
    {
        ["@type"] = "source_descriptions",
        ["sourceDescriptions"] = new JsonArray(
            [.. now.Sources.Where(source => source.IsTable == areTables).Select(source => Source(source, extended, now))]),
    };

    /// <param name="query">The running query; null if the statement is only explained.</param>
    private static JsonObject Query(QueryInfo? query, string sql, string plan, bool isPersistent, EngineSnapshot now) => new()
    {
        ["id"] = query?.Id ?? "",
        ["statementText"] = sql,
        ["fields"] = query?.Sink is { } written && now.Source(written) is { } source ? Fields(source) : [],
        ["sources"] = Names(query?.Sources ?? []),
        ["sinks"] = Names(query?.Sink is { } sink ? [sink] : []),
        ["executionPlan"] = plan,
        ["topology"] = plan,
        ["overriddenProperties"] = new JsonObject(),
        ["state"] = query is null ? null : ListEntities.StateOf(query),
        ["lag"] = query?.Lag(),
        ["queryErrors"] = query is { LastError: not null } ? new JsonArray(ListEntities.Error(query)) : [],
        ["queryType"] = isPersistent || query?.Sink is not null ? "PERSISTENT" : "PUSH",
    };

    private static JsonObject Function(FunctionResult function) => new()
    {
        ["@type"] = "describe_function",
        ["name"] = function.Name,
        ["description"] = function.Description,
        ["author"] = "",
        ["version"] = "",
        ["path"] = "internal",
        ["type"] = function.Kind,
        ["functions"] = new JsonArray([.. function.Forms.Select(form => new JsonObject
        {
            ["arguments"] = new JsonArray([.. form.Arguments.Select(argument => new JsonObject
            {
                ["name"] = argument.Name,
                ["type"] = argument.Type,
                ["description"] = "",
                ["isVariadic"] = argument.IsVariadic,
            })]),
            ["argumentTypes"] = Names(form.Arguments.Select(argument => argument.Type)),
            ["returnType"] = form.Returns,
            ["description"] = "",
        })]),
        ["examples"] = Names(function.Examples),
    };

    /// <summary>ksqlDB's <c>ConnectorDescription</c>; this process is the only worker, and a connector has one task.</summary>
    private static JsonObject Connector(ConnectorInfo connector, EngineSnapshot now)
    {
        JsonObject Worker()
        {
            var worker = new JsonObject { ["state"] = connector.State, ["worker_id"] = "socksort" };
            if (connector.Trace is { } trace)
                worker["trace"] = trace;
            return worker;
        }
        var task = Worker();
        task["id"] = 0;
        return new JsonObject
        {
            ["@type"] = "connector_description",
            ["connectorClass"] = connector.ClassName,
            ["status"] = new JsonObject
            {
                ["name"] = connector.Name,
                ["connector"] = Worker(),
                ["tasks"] = new JsonArray(task),
                ["type"] = connector.Kind,
            },
            ["sources"] = new JsonArray(
                [
                    .. now.Sources.Where(source => connector.Topics.Contains(source.Topic))
                    .Select(source => Source(source, extended: false, now)),
                ]),
            ["topics"] = Names(connector.Topics),
            ["lastError"] = connector.LastError,
            ["counters"] = new JsonArray(
                [.. connector.Counts.Select(count => new JsonObject { ["name"] = count.Name, ["value"] = count.Value })]),
            ["warnings"] = new JsonArray([.. connector.Notes.Select(note => new JsonObject { ["message"] = note })]),
            ["config"] = new JsonObject(
                connector.Settings.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)JsonValue.Create(setting.Value)))),
        };
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);

    private static JsonObject Source(DataSource source, bool extended, EngineSnapshot now)
    {
        var writers = now.Queries.Where(query => query.Sink == source.Name).ToList();
        var readers = now.Queries.Where(query => query.Sink is not null && query.Sources.Contains(source.Name)).ToList();
        return new JsonObject
        {
            ["name"] = source.Name,
            ["windowType"] = source.Window?.Kind.ToString().ToUpperInvariant(),
            ["readQueries"] = new JsonArray([.. readers.Select(query => ListEntities.Query(query, now))]),
            ["writeQueries"] = new JsonArray([.. writers.Select(query => ListEntities.Query(query, now))]),
            ["fields"] = Fields(source),
            ["type"] = source.IsTable ? "TABLE" : "STREAM",
            ["timestamp"] = source.Timestamp?.Name ?? "",
            ["statistics"] = extended ? Statistics(writers.Concat(readers)) : "",
            ["errorStats"] = extended ? Errors(writers.Concat(readers)) : "",
            ["extended"] = extended,
            ["keyFormat"] = source.KeyFormat.Name,
            ["valueFormat"] = source.ValueFormat.Name,
            ["topic"] = source.Topic,
            ["partitions"] = extended ? now.Topics.Value.FirstOrDefault(topic => topic.Name == source.Topic)?.Partitions ?? 0 : 0,
            ["replication"] = extended ? 1 : 0,
            ["statement"] = source.Sql,
            ["queryOffsetSummaries"] = extended ? new JsonArray([.. readers.Select(query => Offsets(query, source.Topic))]) : [],
            ["sourceConstraints"] = Names(readers.Select(query => query.Sink!)),
        };
    }

    /// <summary>
    /// A query's consumed offsets of a topic, as ksqlDB's <c>QueryOffsetSummary</c>; each query is a consumer group of its own.
    /// </summary>
    private static JsonObject Offsets(QueryInfo query, string topic) => new()
    {
        ["groupId"] = query.Id,
        ["topicSummaries"] = new JsonArray(new JsonObject
        {
            ["kafkaTopic"] = topic,
            ["offsets"] = new JsonArray([.. query.Places().Where(place => place.Topic == topic).Select(place => new JsonObject
            {
                ["partition"] = place.Partition,
                ["logStartOffset"] = place.Begin,
                ["logEndOffset"] = place.End,
                ["consumerOffset"] = place.Next,
            })]),
        }),
    };

    /// <summary>The columns of a query, as ksqlDB's <c>FieldInfo</c>.</summary>
    public static JsonArray Fields(IReadOnlyList<SourceColumn> columns) => new([.. columns.Select(column => Field(column, null))]);

    private static JsonArray Fields(DataSource source) =>
        new([.. source.Schema.InOrder.Select(column => Field(column, RoleOf(column, source.Schema)))]);

    private static string? RoleOf(SourceColumn column, SourceSchema schema)
    {
        if (schema.IsKey(column))
            return "KEY";
        return schema.IsHeader(column) ? "HEADER" : null;
    }

    private static JsonObject Field(SourceColumn column, string? role)
    {
        var field = new JsonObject { ["name"] = column.Name, ["schema"] = Schema(column.Type) };
        if (role is not null)
            field["type"] = role;
        if (column.HeaderKey is not null)
            field["headerKey"] = column.HeaderKey;
        return field;
    }

    /// <summary>A type, as ksqlDB's <c>SchemaInfo</c>.</summary>
    public static JsonObject Schema(SqlType type) => new()
    {
        ["type"] = type.Base.ToString().ToUpperInvariant(),
        ["fields"] = type is StructType row
            ? new JsonArray([.. row.Fields.Select(member => new JsonObject { ["name"] = member.Name, ["schema"] = Schema(member.Type) })])
            : null,
        ["memberSchema"] = type switch { ArrayType array => Schema(array.Element), MapType map => Schema(map.Value), _ => null },
        ["parameters"] = type is DecimalType number ? new JsonObject { ["precision"] = number.Precision, ["scale"] = number.Scale } : null,
    };

    private static string Statistics(IEnumerable<QueryInfo> queries) =>
        string.Join("\n", queries.Select(query => string.Create(CultureInfo.InvariantCulture,
            $"{query.Id}: in {query.Metrics.Read}, out {query.Metrics.Written}, late {query.Metrics.Late}, skipped "
                + $"{query.Metrics.Skipped}, lag {query.Lag()}, state bytes {query.StateBytes}")));

    private static string Errors(IEnumerable<QueryInfo> queries) => string.Join("\n", queries
        .Where(query => query.LastError is not null).Select(query => $"{query.Id}: {query.LastError}"));
}
