using System.Globalization;
using System.Text.Json.Nodes;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Server.Ksql.Statements;

/// <summary>What DESCRIBE and EXPLAIN give, as ksqlDB's entities.</summary>
internal static class DescribeEntities
{
    public static JsonObject Of(DescribeStatement statement, StatementResult result, EngineSnapshot now) => statement.Kind switch
    {
        DescribeKind.Source => new JsonObject { ["@type"] = "sourceDescription", ["sourceDescription"] = Source(now.Source(statement.Name!)!, statement.Extended, now) },
        DescribeKind.Streams or DescribeKind.Tables => new JsonObject
        {
            ["@type"] = "source_descriptions",
            ["sourceDescriptions"] = new JsonArray([.. now.Sources
                .Where(source => source.IsTable == (statement.Kind == DescribeKind.Tables)).Select(source => Source(source, statement.Extended, now))]),
        },
        DescribeKind.Function => new JsonObject { ["@type"] = "describe_function", ["name"] = statement.Name!.ToUpperInvariant(), ["description"] = ((TextResult)result).Text },
        _ => new JsonObject { ["@type"] = "connector_description", ["connectorName"] = statement.Name, ["description"] = ((TableResult)result).Title },
    };

    public static JsonObject Of(ExplainStatement statement, TextResult plan, EngineSnapshot now)
    {
        var query = now.Queries.FirstOrDefault(known => known.Id == statement.QueryId);
        return new JsonObject
        {
            ["@type"] = "queryDescription",
            ["queryDescription"] = new JsonObject
            {
                ["id"] = statement.QueryId ?? "",
                ["statementText"] = query?.Sql ?? statement.Explained!.Span.Text,
                ["fields"] = query?.Sink is { } written && now.Source(written) is { } source ? Fields(source) : [],
                ["sources"] = new JsonArray([.. (query?.Sources ?? []).Select(name => JsonValue.Create(name))]),
                ["sinks"] = query?.Sink is { } sink ? new JsonArray(JsonValue.Create(sink)) : [],
                ["executionPlan"] = plan.Text,
                ["topology"] = plan.Text,
                ["overriddenProperties"] = new JsonObject(),
                ["state"] = query is null ? null : ListEntities.StateOf(query),
                ["queryErrors"] = query is { LastError: not null } ? new JsonArray(ListEntities.Error(query)) : [],
                ["queryType"] = query?.Sink is not null || statement.Explained is CreateAsSelect or InsertSelect ? "PERSISTENT" : "PUSH",
            },
        };
    }

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
            ["queryOffsetSummaries"] = new JsonArray(),
            ["sourceConstraints"] = new JsonArray([.. readers.Select(query => JsonValue.Create(query.Sink!))]),
        };
    }

    /// <summary>ksqlDB's <c>FieldInfo</c> of the columns of a query.</summary>
    public static JsonArray Fields(IReadOnlyList<SourceColumn> columns) => new([.. columns.Select(column => Field(column, null))]);

    private static JsonArray Fields(DataSource source) => new([
        .. source.Schema.Keys.Select(column => Field(column, "KEY")),
        .. source.Schema.Values.Select(column => Field(column, null)),
        .. source.Schema.Headers.Select(column => Field(column, "HEADER")),
    ]);

    private static JsonObject Field(SourceColumn column, string? role)
    {
        var field = new JsonObject { ["name"] = column.Name, ["schema"] = Schema(column.Type) };
        if (role is not null)
            field["type"] = role;
        if (column.HeaderKey is not null)
            field["headerKey"] = column.HeaderKey;
        return field;
    }

    /// <summary>ksqlDB's <c>SchemaInfo</c>.</summary>
    private static JsonObject Schema(SqlType type) => new()
    {
        ["type"] = type.Base.ToString().ToUpperInvariant(),
        ["fields"] = type is StructType row ? new JsonArray([.. row.Fields.Select(member => new JsonObject { ["name"] = member.Name, ["schema"] = Schema(member.Type) })]) : null,
        ["memberSchema"] = type switch { ArrayType array => Schema(array.Element), MapType map => Schema(map.Value), _ => null },
        ["parameters"] = type is DecimalType number ? new JsonObject { ["precision"] = number.Precision, ["scale"] = number.Scale } : null,
    };

    private static string Statistics(IEnumerable<QueryInfo> queries) => string.Join("\n", queries.Select(query => string.Create(CultureInfo.InvariantCulture,
        $"{query.Id}: in {query.Metrics.Read}, out {query.Metrics.Written}, late {query.Metrics.Late}, skipped {query.Metrics.Skipped}, lag {query.Lag()}, state bytes {query.StateBytes}")));

    private static string Errors(IEnumerable<QueryInfo> queries) => string.Join("\n", queries
        .Where(query => query.LastError is not null).Select(query => $"{query.Id}: {query.LastError}"));
}
