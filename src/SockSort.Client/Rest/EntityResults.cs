using System.Globalization;
using System.Text.Json.Nodes;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Results;

namespace SockSort.Client.Rest;

/// <summary>Converts ksqlDB's entities to the results that its command line prints.</summary>
internal static class EntityResults
{
    public static StatementResult Of(JsonObject entity) => Text(entity["@type"]) switch
    {
        "currentStatus" => Status(entity),
        "streams" =>
            Table(
                entity, "streams", ("Stream Name", "name"), ("Kafka Topic", "topic"), ("Key Format", "keyFormat"),
                ("Value Format", "valueFormat"), ("Windowed", "isWindowed")),
        "tables" =>
            Table(
                entity, "tables", ("Table Name", "name"), ("Kafka Topic", "topic"), ("Key Format", "keyFormat"),
                ("Value Format", "valueFormat"), ("Windowed", "isWindowed")),
        "queries" =>
            Table(
                entity, "queries", ("Query ID", "id"), ("Query Type", "queryType"), ("Status", "state"),
                ("Sink Name", "sinks"), ("Sink Kafka Topic", "sinkKafkaTopics"), ("Query String", "queryString")),
        "kafka_topics" => Topics(entity, extended: false),
        "kafka_topics_extended" => Topics(entity, extended: true),
        "function_names" => Table(entity, "functions", ("Function Name", "name"), ("Category", "category")),
        "properties" => Table(entity, "properties", ("Property", "name"), ("Level", "level"), ("Value", "value")),
        "variables" => Table(entity, "variables", ("Variable Name", "name"), ("Value", "value")),
        "connector_list" =>
            Table(entity, "connectors", ("Connector Name", "name"), ("Type", "type"), ("Class", "className"), ("Status", "state")),
        "connector_plugins_list" => Table(entity, "connectorsPlugins", ("Class", "class"), ("Type", "type")),
        "sourceDescription" => Source((JsonObject)entity["sourceDescription"]!),
        "source_descriptions" =>
            new TablesResult([.. entity["sourceDescriptions"]!.AsArray().Select(source => Source((JsonObject)source!))]),
        "queryDescription" => new TextResult(Text(entity["queryDescription"]!["executionPlan"])),
        "query_descriptions" => new QueriesResult([.. entity["queryDescriptions"]!.AsArray().Select(query => Query(query!))]),
        "describe_function" => Function(entity),
        "connector_description" => Connector(entity),
        "type_list" =>
            new TableResult(
                null, ["Type Name", "Schema"], [.. entity["types"]!.AsObject().Select(type => Row(type.Key, Type(type.Value!)))], []),
        _ => new TextResult(entity.ToJsonString()),
    };

    private static MessageResult Status(JsonObject entity) => new(
        Text(entity["commandStatus"]!["message"]),
        [.. (entity["warnings"] as JsonArray ?? []).Select(warning => Text(warning!["message"]))]);

    private static TableResult Topics(JsonObject entity, bool extended) => new(
        null, ["Kafka Topic", "Partitions", "Partition Replicas", .. extended ? ["Consumers", "Consumer Groups"] : Array.Empty<string>()],
        [.. entity["topics"]!.AsArray().Select(topic => Row([
            Text(topic!["name"]), topic["replicaInfo"]!.AsArray().Count.ToString(CultureInfo.InvariantCulture),
            Text(topic["replicaInfo"]!.AsArray().FirstOrDefault()),
            .. extended ? [Text(topic["consumerCount"]), Text(topic["consumerGroupCount"])] : Array.Empty<string>()]))],
        []);

    private static QueryDescription Query(JsonNode query) => new(
        Text(query["id"]), Text(query["queryType"]), Text(query["state"]), Text(query["statementText"]),
        [.. (query["sources"] as JsonArray ?? []).Select(Text)],
        Text(query["sinks"]), (long?)query["lag"] ?? 0, Text((query["queryErrors"] as JsonArray)?.FirstOrDefault()?["errorMessage"]),
        Text(query["executionPlan"]));

    private static FunctionResult Function(JsonObject entity) => new(
        Text(entity["name"]), Text(entity["type"]), Text(entity["description"]),
        [.. entity["functions"]!.AsArray().Select(form => new FunctionForm(
            [
                .. form!["arguments"]!.AsArray()
                .Select(
                    argument =>
                        new FunctionArgument(Text(argument!["name"]), Text(argument["type"]), Text(argument["isVariadic"]) == "true")),
            ],
            Text(form["returnType"])))],
        [.. (entity["examples"] as JsonArray ?? []).Select(Text)]);

    private static ConnectorResult Connector(JsonObject entity) => new(new ConnectorInfo(
        Text(entity["status"]!["name"]), Text(entity["status"]!["type"]), Text(entity["connectorClass"]),
        Text(entity["status"]!["connector"]!["state"]),
        (entity["config"] as JsonObject ?? []).ToDictionary(setting => setting.Key, setting => Text(setting.Value)),
        [.. entity["topics"]!.AsArray().Select(Text)])
    {
        // ksqlDB shows the trace of a task; the connector has one only if the connector itself has failed.
        Trace = (string?)entity["status"]!["connector"]!["trace"]
            ?? (string?)(entity["status"]!["tasks"] as JsonArray)?.FirstOrDefault()?["trace"],
        LastError = (string?)entity["lastError"],
        Notes = [.. (entity["warnings"] as JsonArray ?? []).Select(warning => Text(warning!["message"]))],
        Counts =
        [
            .. (entity["counters"] as JsonArray ?? []).Select(count => new ConnectorCount(Text(count!["name"]), (long?)count["value"])),
        ],
    });

    private static TableResult Source(JsonObject source)
    {
        var footer = new[] { "statistics", "errorStats" }.Select(name => Text(source[name])).Where(text => text.Length > 0).ToList();
        return new TableResult(
            $"Name                 : {Text(source["name"])}", ["Field", "Type"],
            [.. source["fields"]!.AsArray().Select(field => Field(field!))], footer);
    }

    private static IReadOnlyList<string> Field(JsonNode field) =>
        Row(Text(field["name"]), $"{Type(field["schema"]!)}{(field["type"] is { } role ? $"  ({Text(role).ToLowerInvariant()})" : "")}");

    private static string Type(JsonNode schema) => Text(schema["type"]) switch
    {
        "STRING" => "VARCHAR(STRING)",
        "ARRAY" => $"ARRAY<{Type(schema["memberSchema"]!)}>",
        "MAP" => $"MAP<STRING, {Type(schema["memberSchema"]!)}>",
        "STRUCT" => $"STRUCT<{string.Join(", ", schema["fields"]!.AsArray().Select(Member))}>",
        "DECIMAL" when schema["parameters"] is { } digits => $"DECIMAL({Text(digits["precision"])}, {Text(digits["scale"])})",
        var simple => simple,
    };

    private static string Member(JsonNode? member) => $"{Text(member!["name"])} {Type(member["schema"]!)}";

    private static TableResult Table(JsonObject entity, string list, params (string Title, string Field)[] columns) =>
        new(null, [.. columns.Select(column => column.Title)],
            [.. entity[list]!.AsArray().Select(item => Row([.. columns.Select(column => Text(item![column.Field]))]))], []);

    private static IReadOnlyList<string> Row(params string[] cells) => cells;

    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray items => string.Join(", ", items.Select(Text)),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };
}
