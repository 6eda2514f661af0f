using System.Text.Json;
using System.Text.Json.Nodes;

namespace SockSort.Server.Tests.Connectors;

/// <summary>A call of Kafka Connect's REST API, and what came.</summary>
/// <param name="Call">As it stands in docs/reference/connect-rest.md: <c>GET /connectors/{name}</c>.</param>
/// <param name="Case">Which of its cases.</param>
internal sealed record ConnectOutcome(string Call, string Case, int Status, JsonNode? Body)
{
    /// <summary>Status, and the names and kinds of values of the body; of an error its text, too.</summary>
    public string Shape => $"{Call} ({Case}): {Status} {ErrorText ?? ShapeOf(Body)}";

    private string? ErrorText => Body is JsonObject error && error.ContainsKey("error_code") ? error.ToJsonString() : null;

    private static string ShapeOf(JsonNode? node) => node switch
    {
        JsonObject entries => $"{{{string.Join(", ", entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(ShapeOf))}}}",
        JsonArray { Count: 0 } => "[]",
        JsonArray list => $"[{ShapeOf(list[0])}]",
        JsonValue value when value.GetValueKind() is JsonValueKind.Number => "number",
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => "flag",
        _ => "text",
    };

    private static string ShapeOf(KeyValuePair<string, JsonNode?> entry) => $"{entry.Key}: {ShapeOf(entry.Value)}";
}

/// <summary>Makes each call of the REST API, in an order in which each can be answered.</summary>
/// <param name="client">Of a worker without connectors.</param>
/// <param name="file">Where the file sink may write.</param>
internal sealed class ConnectCalls(ConnectClient client, string file)
{
    private readonly List<ConnectOutcome> _outcomes = [];

    private string Config => $$"""{"connector.class":"FileStreamSink","tasks.max":"1","topics":"t1","file":"{{file}}"}""";

    public async Task<IReadOnlyList<ConnectOutcome>> MakeAsync()
    {
        await CallAsync("GET /", "version");
        await CallAsync("GET /health", "healthy");
        await CallAsync("GET /connector-plugins", "all");
        await CreateAsync();
        await LookAsync();
        await ControlAsync();
        await OffsetsAsync();
        await ConfigureAsync();
        await PluginsAndLoggersAsync();
        await CallAsync("GET /nope", "no such path", path: "/nope");
        await CallAsync("PUT /connectors", "no such method", path: "/connectors");
        await CallAsync("DELETE /connectors/{name}", "there is none", path: "/connectors/no");
        await CallAsync("DELETE /connectors/{name}", "done", path: "/connectors/s1");
        return _outcomes;
    }

    private async Task CreateAsync()
    {
        await CallAsync("GET /connectors", "none");
        await CallAsync("POST /connectors", "made", $$"""{"name":"s1","config":{{Config}}}""", look: WithoutTasks);
        var other = Config.Replace("\"}", "3\"}");
        await CallAsync("POST /connectors", "stopped at first", $$"""{"name":"s3","initial_state":"STOPPED","config":{{other}}}""");
        await StateAsync("s1", "RUNNING", "RUNNING");
        await StateAsync("s3", "STOPPED", task: null);
        await CallAsync("POST /connectors", "name taken", $$"""{"name":"s1","config":{{Config}}}""");
        await CallAsync(
            "POST /connectors", "two names", """{"name":"s2","config":{"connector.class":"FileStreamSink","file":"x","name":"other"}}""");
    }

    private async Task LookAsync()
    {
        await CallAsync("GET /connectors", "names");
        await CallAsync("GET /connectors", "expanded", path: "/connectors?expand=status&expand=info");
        await CallAsync("GET /connectors", "expanded by nothing known", path: "/connectors?expand=nope");
        foreach (var part in new[] { "", "/config", "/status", "/tasks", "/offsets" })
        {
            await CallAsync("GET /connectors/{name}" + part, "running", path: "/connectors/s1" + part);
            await CallAsync("GET /connectors/{name}" + part, "stopped", path: "/connectors/s3" + part);
            await CallAsync("GET /connectors/{name}" + part, "there is none", path: "/connectors/no" + part);
        }
        await CallAsync("GET /connectors/{name}/topics", "none used", path: "/connectors/s3/topics");
        await CallAsync("GET /connectors/{name}/topics", "there is none", path: "/connectors/no/topics");
        await CallAsync("PUT /connectors/{name}/topics/reset", "reset", path: "/connectors/s3/topics/reset");
        await CallAsync("GET /connectors/{name}/tasks/{task}/status", "running", path: "/connectors/s1/tasks/0/status");
        await CallAsync("GET /connectors/{name}/tasks/{task}/status", "no such task", path: "/connectors/s1/tasks/7/status");
        await CallAsync("GET /connectors/{name}/tasks/{task}/status", "there is none", path: "/connectors/no/tasks/0/status");
        await CallAsync("GET /connectors/{name}/tasks/{task}/status", "no number", path: "/connectors/s1/tasks/x/status");
    }

    private async Task ControlAsync()
    {
        foreach (var act in new[] { "pause", "resume", "stop" })
            await CallAsync($"PUT /connectors/{{name}}/{act}", "there is none", path: $"/connectors/no/{act}");
        await CallAsync("PUT /connectors/{name}/pause", "done", path: "/connectors/s1/pause");
        await StateAsync("s1", "PAUSED", "PAUSED");
        await CallAsync("GET /connectors/{name}/status", "paused", path: "/connectors/s1/status");
        await CallAsync("PUT /connectors/{name}/resume", "done", path: "/connectors/s1/resume");
        await StateAsync("s1", "RUNNING", "RUNNING");
        await CallAsync("POST /connectors/{name}/tasks/{task}/restart", "done", path: "/connectors/s1/tasks/0/restart");
        await StateAsync("s1", "RUNNING", "RUNNING");
        await CallAsync("POST /connectors/{name}/tasks/{task}/restart", "no such task", path: "/connectors/s1/tasks/7/restart");
        await CallAsync("POST /connectors/{name}/tasks/{task}/restart", "there is none", path: "/connectors/no/tasks/0/restart");
        await CallAsync("POST /connectors/{name}/restart", "done", path: "/connectors/s1/restart");
        await CallAsync("POST /connectors/{name}/restart", "there is none", path: "/connectors/no/restart");
        await StateAsync("s1", "RUNNING", "RUNNING");
        await CallAsync("POST /connectors/{name}/restart", "with tasks", path: "/connectors/s1/restart?includeTasks=true");
        await StateAsync("s1", "RUNNING", "RUNNING");
        await CallAsync(
            "POST /connectors/{name}/restart", "only failed", path: "/connectors/s1/restart?includeTasks=true&onlyFailed=true");
        await CallAsync("PUT /connectors/{name}/stop", "done", path: "/connectors/s1/stop");
        await StateAsync("s1", "STOPPED", task: null);
        await CallAsync("PUT /connectors/{name}/resume", "after a stop", path: "/connectors/s1/resume");
        await StateAsync("s1", "RUNNING", "RUNNING");
    }

    private async Task OffsetsAsync()
    {
        await CallAsync("PATCH /connectors/{name}/offsets", "not stopped", Offset("""{"kafka_offset":0}"""), "/connectors/s1/offsets");
        await CallAsync("DELETE /connectors/{name}/offsets", "not stopped", path: "/connectors/s1/offsets");
        await CallAsync("PATCH /connectors/{name}/offsets", "altered", Offset("""{"kafka_offset":1}"""), "/connectors/s3/offsets");
        await CallAsync("GET /connectors/{name}/offsets", "altered", path: "/connectors/s3/offsets");
        await CallAsync("PATCH /connectors/{name}/offsets", "forgotten", Offset("null"), "/connectors/s3/offsets");
        await CallAsync("PATCH /connectors/{name}/offsets", "none given", """{"offsets":[]}""", "/connectors/s3/offsets");
        await CallAsync("PATCH /connectors/{name}/offsets", "no number", Offset("""{"kafka_offset":"x"}"""), "/connectors/s3/offsets");
        await CallAsync(
            "PATCH /connectors/{name}/offsets", "no partition", """{"offsets":[{"partition":{"x":1},"offset":{"kafka_offset":1}}]}""",
            "/connectors/s3/offsets");
        await CallAsync("PATCH /connectors/{name}/offsets", "there is none", Offset("""{"kafka_offset":1}"""), "/connectors/no/offsets");
        await CallAsync("DELETE /connectors/{name}/offsets", "reset", path: "/connectors/s3/offsets");
        await CallAsync("DELETE /connectors/{name}/offsets", "there is none", path: "/connectors/no/offsets");
    }

    private async Task ConfigureAsync()
    {
        await CallAsync("PUT /connectors/{name}/config", "changed", Config.Replace("\"1\"", "\"2\""), "/connectors/s1/config");
        await StateAsync("s1", "RUNNING", "RUNNING");
        await CallAsync("PUT /connectors/{name}/config", "made", Config.Replace("\"}", "5\"}"), "/connectors/s5/config", WithoutTasks);
        await StateAsync("s5", "RUNNING", "RUNNING");
        await CallAsync("PATCH /connectors/{name}/config", "changed", """{"tasks.max":"1"}""", "/connectors/s5/config");
        await CallAsync("PATCH /connectors/{name}/config", "there is none", "{}", "/connectors/no/config");
        await CallAsync(
            "PUT /connectors/{name}/config", "two names", """{"connector.class":"FileStreamSink","name":"zzz"}""", "/connectors/s5/config");
    }

    private async Task PluginsAndLoggersAsync()
    {
        const string Validate = "PUT /connector-plugins/{plugin}/config/validate";
        await CallAsync(Validate, "checked", Config.Replace("{", "{\"name\":\"x\","), "/connector-plugins/FileStreamSink/config/validate");
        await CallAsync(
            Validate, "another class", """{"connector.class":"Nope"}""", "/connector-plugins/FileStreamSink/config/validate");
        await CallAsync("GET /connector-plugins/{plugin}/config", "keys", path: "/connector-plugins/FileStreamSink/config");
        await CallAsync("GET /connector-plugins/{plugin}/config", "there is none", path: "/connector-plugins/Nope/config");
        await CallAsync("GET /admin/loggers", "all", look: body => body["root"]!.DeepClone());
        await CallAsync("GET /admin/loggers/{logger}", "root", path: "/admin/loggers/root");
        await CallAsync("GET /admin/loggers/{logger}", "there is none", path: "/admin/loggers/no.such");
        await CallAsync("PUT /admin/loggers/{logger}", "no such level", """{"level":"NOPE"}""", "/admin/loggers/root");
        await CallAsync("PUT /admin/loggers/{logger}", "no level", "{}", "/admin/loggers/root");
        await CallAsync("PUT /admin/loggers/{logger}", "set", """{"level":"DEBUG"}""", "/admin/loggers/some.name");
        await CallAsync("PUT /admin/loggers/{logger}", "for all workers", """{"level":"INFO"}""", "/admin/loggers/some.name?scope=cluster");
    }

    /// <summary>Connect begins them after it has answered.</summary>
    private static JsonNode WithoutTasks(JsonNode info)
    {
        var rest = info.DeepClone();
        _ = rest.AsObject().Remove("tasks");
        return rest;
    }

    private static string Offset(string offset) =>
        $$"""{"offsets":[{"partition":{"kafka_topic":"t1","kafka_partition":0},"offset":{{offset}}}]}""";

    private Task StateAsync(string connector, string state, string? task) => client.UntilAsync(
        $"/connectors/{connector}/status",
        status => $"{status["connector"]?["state"]}" == state && TaskState(status) == task,
        $"{connector} is {state}");

    private static string? TaskState(JsonNode status) => status["tasks"] is JsonArray { Count: 1 } tasks ? $"{tasks[0]!["state"]}" : null;

    private async Task CallAsync(
        string call, string of, string? body = null, string? path = null, Func<JsonNode, JsonNode>? look = null)
    {
        var method = call.Split(' ')[0];
        var (status, text) = await client.SendAsync(method, path ?? call.Split(' ')[1], body);
        var json = text.Length == 0 ? null : JsonNode.Parse(text);
        _outcomes.Add(new ConnectOutcome(call, of, status, json is null || look is null ? json : look(json)));
    }
}
