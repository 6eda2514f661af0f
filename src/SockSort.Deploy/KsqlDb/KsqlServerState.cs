using System.Text.Json.Nodes;
using SockSort.Client.Rest;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.KsqlDb;

/// <summary>A persistent query of the server.</summary>
/// <param name="Sql">The statement that made it, as the server tells it.</param>
/// <param name="Error">What is wrong with it; empty for nothing.</param>
internal sealed record KsqlQuery(string Id, string Sql, IReadOnlyList<string> Sinks, string State, string Error);

/// <summary>What is on a server at one moment.</summary>
internal sealed class KsqlServerState
{
    private const string Everything = "SHOW STREAMS EXTENDED; SHOW TABLES EXTENDED; SHOW QUERIES EXTENDED; SHOW TYPES;";

    /// <summary>For each stream and table the statement that made it; empty where the server does not tell it.</summary>
    public Dictionary<string, string> Sources { get; } = new(StringComparer.Ordinal);

    public List<KsqlQuery> Queries { get; } = [];

    /// <summary>Types made by <c>CREATE TYPE</c>, as a statement writes them.</summary>
    public Dictionary<string, string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Connectors that were asked for, with their settings, which ksqlDB does not tell: null.</summary>
    public Dictionary<string, IReadOnlyDictionary<string, string>?> Connectors { get; } = new(StringComparer.Ordinal);

    /// <param name="connectors">Names of the connectors that are asked for; with none the server needs no Kafka Connect.</param>
    /// <exception cref="KsqlClientException">The server cannot be reached, or rejects the request.</exception>
    public static async Task<KsqlServerState> ReadAsync(
        KsqlClient client, IReadOnlyCollection<string> connectors, CancellationToken cancellation)
    {
        var state = new KsqlServerState();
        foreach (var entity in await client.ExecuteAsync(new KsqlRequest(Everything), cancellation))
            state.Take(entity!);
        if (connectors.Count > 0)
            await state.ReadConnectorsAsync(client, connectors, cancellation);
        return state;
    }

    private void Take(JsonNode entity)
    {
        foreach (var source in Items(entity["sourceDescriptions"]))
            Sources[(string)source["name"]!] = (string?)source["statement"] ?? "";
        foreach (var query in Items(entity["queryDescriptions"]))
            Queries.Add(Query(query));
        if (entity["types"] is JsonObject types)
        {
            foreach (var (name, schema) in types)
                Types[name] = TypeText(schema!);
        }
    }

    private static KsqlQuery Query(JsonNode query)
    {
        var hosts = query["ksqlHostQueryStatus"] as JsonObject;
        var state = (string?)query["state"] ?? (string?)hosts?.FirstOrDefault().Value ?? "UNKNOWN";
        var error = (string?)Items(query["queryErrors"]).FirstOrDefault()?["errorMessage"];
        return new(
            (string)query["id"]!, (string?)query["statementText"] ?? "", [.. Items(query["sinks"]).Select(sink => (string)sink!)], state,
            error ?? "");
    }

    private async Task ReadConnectorsAsync(KsqlClient client, IReadOnlyCollection<string> asked, CancellationToken cancellation)
    {
        var listed = await client.ExecuteAsync(new KsqlRequest("SHOW CONNECTORS;"), cancellation);
        var there = listed.SelectMany(entity => Items(entity!["connectors"])).Select(connector => (string)connector["name"]!);
        foreach (var name in there.Intersect(asked))
        {
            var described = await client.ExecuteAsync(new KsqlRequest($"DESCRIBE CONNECTOR {SqlPrinter.Name(name)};"), cancellation);
            Connectors[name] = (described.FirstOrDefault()?["config"] as JsonObject)?.ToDictionary(
                setting => setting.Key, setting => (string?)setting.Value ?? "");
        }
    }

    private static IEnumerable<JsonNode> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();

    /// <summary>Writes ksqlDB's <c>SchemaInfo</c> as a statement writes the type.</summary>
    private static string TypeText(JsonNode schema) => (string)schema["type"]! switch
    {
        "ARRAY" => $"ARRAY<{TypeText(schema["memberSchema"]!)}>",
        "MAP" => $"MAP<STRING, {TypeText(schema["memberSchema"]!)}>",
        "STRUCT" =>
            $"STRUCT<{string.Join(", ", Items(schema["fields"]).Select(field => $"`{field["name"]}` {TypeText(field["schema"]!)}"))}>",
        "DECIMAL" => $"DECIMAL({schema["parameters"]?["precision"]}, {schema["parameters"]?["scale"]})",
        var simple => simple,
    };
}
