using System.Text.Json.Nodes;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Syntax;

namespace SockSort.Server.Ksql.Statements;

/// <summary>Converts results of SHOW to ksqlDB's entities.</summary>
internal static class ListEntities
{
    public static JsonObject Of(ListStatement statement, StatementResult result, EngineSnapshot now) => statement.Kind switch
    {
        ListKind.Streams or ListKind.Tables when statement.Extended =>
            DescribeEntities.Sources(statement.Kind == ListKind.Tables, extended: true, now),
        ListKind.Queries when statement.Extended => DescribeEntities.Queries(now),
        ListKind.Streams => Entity("streams", "streams", now.Sources.Where(source => !source.IsTable).Select(Source)),
        ListKind.Tables => Entity("tables", "tables", now.Sources.Where(source => source.IsTable).Select(Source)),
        ListKind.Queries => Entity("queries", "queries", now.Queries.Select(query => Query(query, now))),
        ListKind.Topics => Entity(statement.Extended ? "kafka_topics_extended" : "kafka_topics", "topics",
            now.Topics.Value.Where(topic => statement.All || !topic.Name.StartsWith('_'))
                .Select(topic => Topic(topic, statement.Extended, now))),
        ListKind.Properties => Properties((TableResult)result),
        ListKind.Functions =>
            Entity(
                "function_names", "functions",
                Rows(result, row => new JsonObject { ["name"] = row[0], ["type"] = TypeOf(row[1]), ["category"] = row[1] })),
        ListKind.Types => Types(now),
        ListKind.Variables =>
            Entity("variables", "variables", Rows(result, row => new JsonObject { ["name"] = row[0], ["value"] = row[1] })),
        ListKind.Connectors => Entity("connector_list", "connectors", Rows(result, row => new JsonObject
        {
            ["name"] = row[0],
            ["type"] = row[1].ToLowerInvariant(),
            ["className"] = row[2],
            ["state"] = row[3],
        })),
        _ =>
            Entity(
                "connector_plugins_list", "connectorsPlugins",
                Rows(result, row => new JsonObject { ["class"] = row[0], ["type"] = row[1].ToLowerInvariant() })),
    };

    public static JsonObject Query(QueryInfo query, EngineSnapshot now) => new()
    {
        ["queryString"] = query.Sql,
        ["sinks"] = Array(query.Sink),
        ["sinkKafkaTopics"] = Array(query.Sink is null ? null : now.Source(query.Sink)?.Topic),
        ["id"] = query.Id,
        ["statusCount"] = new JsonObject { [StateOf(query)] = 1 },
        ["queryType"] = query.Kind,
        ["state"] = StateOf(query),
    };

    /// <summary>A query's error, as ksqlDB's <c>QueryError</c>, with the time of the next retry.</summary>
    public static JsonObject Error(QueryInfo query) => new()
    {
        ["timestamp"] = query.LastErrorAt?.ToUnixTimeMilliseconds(),
        ["errorMessage"] = query.LastError,
        ["type"] = query.RetryAt is null ? "USER" : "SYSTEM",
        ["retryAt"] = query.RetryAt?.ToUnixTimeMilliseconds(),
    };

    public static string StateOf(QueryInfo query) => query.State.ToString().ToUpperInvariant();

    private static JsonArray Array(string? one) => one is null ? [] : [JsonValue.Create(one)];

    private static JsonObject Source(DataSource source) => new()
    {
        ["type"] = source.IsTable ? "TABLE" : "STREAM",
        ["name"] = source.Name,
        ["topic"] = source.Topic,
        ["keyFormat"] = source.KeyFormat.Name,
        ["valueFormat"] = source.ValueFormat.Name,
        ["isWindowed"] = source.Window is not null,
    };

    private static JsonObject Properties(TableResult table) => new()
    {
        ["@type"] = "properties",
        ["properties"] = new JsonArray([.. table.Rows.Select(row => new JsonObject
        {
            ["name"] = row[0],
            ["scope"] = "KSQL",
            ["value"] = row[2],
            ["editable"] = true,
            ["level"] = row[1].Length > 0 ? "Query" : "Server",
        })]),
        ["overwrittenProperties"] = new JsonArray([.. table.Rows.Where(row => row[1].Length > 0).Select(row => JsonValue.Create(row[0]))]),
        ["defaultProperties"] = new JsonArray([.. table.Rows.Where(row => row[1].Length == 0).Select(row => JsonValue.Create(row[0]))]),
    };

    private static JsonObject Types(EngineSnapshot now) => new()
    {
        ["@type"] = "type_list",
        ["types"] = new JsonObject(
            now.Types.OrderBy(type => type.Key, StringComparer.Ordinal)
                .Select(type => KeyValuePair.Create(type.Key, (JsonNode?)DescribeEntities.Schema(type.Value)))),
    };

    private static JsonObject Topic(TopicInfo topic, bool extended, EngineSnapshot now)
    {
        var entity = new JsonObject
        {
            ["name"] = topic.Name,
            ["replicaInfo"] = new JsonArray([.. Enumerable.Repeat(1, topic.Partitions).Select(replicas => JsonValue.Create(replicas))]),
        };
        if (!extended)
            return entity;
        (entity["consumerCount"], entity["consumerGroupCount"]) = (now.Readers(topic.Name), now.Readers(topic.Name));
        return entity;
    }

    private static string TypeOf(string category) => category switch { "Aggregate" => "AGGREGATE", "Table" => "TABLE", _ => "SCALAR" };

    private static IEnumerable<JsonObject> Rows(StatementResult result, Func<IReadOnlyList<string>, JsonObject> make) =>
        ((TableResult)result).Rows.Select(make);

    private static JsonObject Entity(string type, string field, IEnumerable<JsonObject> items) =>
        new() { ["@type"] = type, [field] = new JsonArray([.. items]) };
}
