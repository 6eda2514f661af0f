using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SockSort.Connect.Classes;
using SockSort.Host.Logging;
using SockSort.Log;
using SockSort.Mqtt.Broker;
using SockSort.Server.Connectors;
using SockSort.Testing;

namespace SockSort.Server.Tests.Connectors;

public sealed class ConnectServerTests : IDisposable
{
    private const string Sink = """{"connector.class":"FileStreamSink","topics":"PAIRS","file":"pairs.jsonl"}""";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_plugins_are_Confluents_by_name()
    {
        await using var connect = await RunningConnect.StartAsync(_folder);

        var plugins = (await connect.Client.JsonAsync("GET", "/connector-plugins")).AsArray();

        Assert.Contains(
            "io.confluent.connect.mqtt.MqttSourceConnector source", plugins.Select(plugin => $"{plugin!["class"]} {plugin["type"]}"));
    }

    [Fact]
    public async Task Connectors_of_REST_and_of_SQL_are_the_same_ones_and_are_there_after_a_restart()
    {
        await using (var connect = await RunningConnect.StartAsync(_folder))
        {
            _ = await connect.Client.JsonAsync("POST", "/connectors", $$"""{"name":"a b's `c`","config":{{Sink}}}""", 201);
            await connect.SqlAsync(
                "CREATE SINK CONNECTOR of_sql WITH ('connector.class'='FileStreamSink', 'topics'='PAIRS', 'file'='it''s.jsonl');");
            _ = await connect.Client.SendAsync("PUT", "/connectors/OF_SQL/stop");
            _ = await connect.Client.SendAsync("PUT", "/connectors/a%20b's%20%60c%60/pause");
        }

        await using var later = await RunningConnect.StartAsync(_folder);
        Assert.Equal(
            ["""OF_SQL STOPPED it's.jsonl""", """a b's `c` PAUSED pairs.jsonl"""],
            later.Worker.List().Select(found => $"{found.Name} {found.State.ToString().ToUpperInvariant()} {found.Configuration["file"]}"));
        await later.SqlAsync("DROP CONNECTOR `a b's ``c```;");
        Assert.Equal("""["OF_SQL"]""", (await later.Client.SendAsync("GET", "/connectors")).Text);
    }

    [Fact]
    public async Task A_changed_configuration_is_there_after_a_restart_and_one_that_is_paused_stays_paused()
    {
        await using (var connect = await RunningConnect.StartAsync(_folder))
        {
            _ = await connect.Client.JsonAsync("PUT", "/connectors/pairs/config", Sink, 201);
            _ = await connect.Client.SendAsync("PUT", "/connectors/pairs/pause");
            _ = await connect.Client.JsonAsync("PUT", "/connectors/pairs/config", Sink.Replace("pairs.jsonl", "other.jsonl"));
            _ = await connect.Client.JsonAsync("PUT", "/connectors/pairs/config", """{"connector.class":"FileStreamSink"}""", 400);
        }

        await using var later = await RunningConnect.StartAsync(_folder);
        var found = later.Worker.Find("pairs")!;
        Assert.Equal((ConnectorState.Paused, "other.jsonl"), (found.State, found.Configuration["file"]));
    }

    [Fact]
    public async Task One_that_is_to_begin_paused_or_stopped_carries_nothing()
    {
        await using var connect = await RunningConnect.StartAsync(_folder);
        _ = await connect.Log.AppendAsync("PAIRS", NewRecord.Of(0, null, "1"u8.ToArray()));

        _ = await connect.Client.JsonAsync("POST", "/connectors", $$"""{"name":"p","initial_state":"PAUSED","config":{{Sink}}}""", 201);
        _ = await connect.Client.JsonAsync(
            "POST", "/connectors", $$"""{"name":"s","initial_state":"STOPPED","config":{{Sink.Replace("pairs", "more")}}}""", 201);

        Assert.Equal(["p Paused", "s Stopped"], connect.Worker.List().Select(found => $"{found.Name} {found.State}"));
        Assert.False(Directory.Exists(_folder.File("data/sinks")));
    }

    [Fact]
    public async Task Offsets_that_are_altered_let_a_sink_carry_its_records_again()
    {
        await using var connect = await RunningConnect.StartAsync(_folder);
        _ = await connect.Log.AppendAsync("PAIRS", [Value("1"), Value("2"), Value("3")]);
        _ = await connect.Client.JsonAsync("POST", "/connectors", $$"""{"name":"pairs","config":{{Sink}}}""", 201);
        await Eventually.TrueAsync(() => connect.Worker.OffsetsOf("pairs").Any(offset => offset.Next == 3), "all are carried");
        Assert.Equal("""{"pairs":{"topics":["PAIRS"]}}""", (await connect.Client.SendAsync("GET", "/connectors/pairs/topics")).Text);

        _ = await connect.Client.SendAsync("PUT", "/connectors/pairs/stop");
        _ = await connect.Client.JsonAsync(
            "PATCH", "/connectors/pairs/offsets",
            """{"offsets":[{"partition":{"kafka_topic":"PAIRS","kafka_partition":0},"offset":{"kafka_offset":2}}]}""");
        _ = await connect.Client.SendAsync("PUT", "/connectors/pairs/resume");

        await Eventually.TrueAsync(() => File.ReadAllLines(_folder.File("data/sinks/pairs.jsonl")).Length == 4, "one is there again");
        Assert.Equal(["1", "2", "3", "3"], File.ReadAllLines(_folder.File("data/sinks/pairs.jsonl")));
    }

    [Fact]
    public async Task Offsets_of_a_partition_that_is_none_of_the_connectors_are_refused()
    {
        await using var connect = await RunningConnect.StartAsync(_folder);
        _ = await connect.Client.JsonAsync("POST", "/connectors", $$"""{"name":"s","initial_state":"STOPPED","config":{{Sink}}}""", 201);

        var error = await connect.Client.JsonAsync(
            "PATCH", "/connectors/s/offsets",
            """{"offsets":[{"partition":{"kafka_topic":"other","kafka_partition":0},"offset":{"kafka_offset":2}}]}""", 400);

        Assert.Equal("connector 's': topic 'other' has no partition 0, or is none of the connector's topics", $"{error["message"]}");
    }

    [Fact]
    public async Task A_failed_task_shows_why_is_tried_again_by_itself_and_shows_what_was_wrong_when_it_works()
    {
        await using var connect = await RunningConnect.StartAsync(_folder);
        _ = _folder.Write("data/sinks", "no folder");
        _ = await connect.Client.JsonAsync("POST", "/connectors", $$"""{"name":"pairs","config":{{Sink}}}""", 201);
        await connect.Client.UntilAsync("/connectors/pairs/status", status => State(status) == "RUNNING FAILED", "the task has failed");
        var failed = await connect.Client.JsonAsync("GET", "/connectors/pairs/tasks/0/status");

        File.Delete(_folder.File("data/sinks"));
        await connect.Client.UntilAsync("/connectors/pairs/status", status => State(status) == "RUNNING RUNNING", "it runs");

        Assert.Contains("can't be written", $"{failed["trace"]}");
        var healed = await connect.Client.JsonAsync("GET", "/connectors/pairs/tasks/0/status");
        Assert.Equal((null, $"{failed["trace"]}"), (healed["trace"], $"{healed["last_error"]}"));
    }

    [Fact]
    public async Task Secrets_are_in_no_answer()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Password = "s3cret" });
        await using var connect = await RunningConnect.StartAsync(_folder, broker: broker);
        _ = _folder.Write("credentials.properties", "PASSWORD=s3cret\nWRONG=0ther");
        var config = new JsonObject
        {
            ["connector.class"] = "MqttSource",
            ["mqtt.server.uri"] = $"{broker.Endpoint}",
            ["mqtt.topics"] = "socks",
            ["mqtt.username"] = "socksort",
            ["mqtt.password"] = "${file:/credentials.properties:PASSWORD}",
        }.ToJsonString();
        var wrong = config.Replace(":PASSWORD}", ":WRONG}").Replace("\"socks\"", "\"${file:/credentials.properties:WRONG}/#/x\"");

        string[] answers =
        [
            (await connect.Client.SendAsync("POST", "/connectors", $$"""{"name":"mqtt","config":{{config}}}""")).Text,
            (await connect.Client.SendAsync("GET", "/connectors?expand=info&expand=status")).Text,
            (await connect.Client.SendAsync("GET", "/connectors/mqtt/tasks")).Text,
            (await connect.Client.SendAsync("PUT", "/connector-plugins/MqttSource/config/validate", config)).Text,
            (await connect.Client.SendAsync("PUT", "/connector-plugins/MqttSource/config/validate", wrong)).Text,
            (await connect.Client.SendAsync("PUT", "/connectors/mqtt/config", wrong)).Text,
        ];

        Assert.Equal(ConnectorState.Running, connect.Worker.Find("mqtt")!.State);
        Assert.All(answers, answer => Assert.DoesNotContain("s3cret", answer));
        Assert.All(answers, answer => Assert.DoesNotContain("0ther", answer));
        Assert.Contains("${file:/credentials.properties:PASSWORD}", answers[0]);
    }

    [Fact]
    public async Task Wrong_configurations_are_told_key_by_key()
    {
        await using var connect = await RunningConnect.StartAsync(_folder);

        var error = await connect.Client.JsonAsync(
            "POST", "/connectors", """{"name":"m","config":{"connector.class":"MqttSource","mqtt.qos":7,"mqtt.topics":"a"}}""", 400);
        var (_, unknown) = await connect.Client.SendAsync("POST", "/connectors", """{"name":"m","config":{"connector.class":"Nope"}}""");

        Assert.Equal(
            """
            Connector configuration is invalid and contains the following 2 error(s):
            Missing required configuration "mqtt.server.uri" which has no default value.
            connector 'm': the value of 'mqtt.qos' is '7'; use a whole number from 0 to 2
            You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`
            """, $"{error["message"]}");
        Assert.StartsWith(
            """{"error_code":400,"message":"Failed to find any class that implements Connector and which name matches Nope,""", unknown);
        Assert.Empty(connect.Worker.List());
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("{\"nme\":\"x\"}")]
    [InlineData("{\"name\":\"x\"}")]
    [InlineData("{\"name\":\"x\",\"config\":{\"a\":{}}}")]
    [InlineData("{\"name\":\"x\",\"initial_state\":\"FOO\",\"config\":{}}")]
    public async Task A_body_that_cannot_be_used_is_a_400(string body)
    {
        await using var connect = await RunningConnect.StartAsync(_folder);

        var error = await connect.Client.JsonAsync("POST", "/connectors", body, 400);

        Assert.Equal(400, (int)error["error_code"]!);
    }

    [Fact]
    public async Task A_read_only_server_shows_and_changes_nothing()
    {
        await using var connect = await RunningConnect.StartAsync(_folder, new ConnectServerOptions { IsReadOnly = true });

        var (status, text) = await connect.Client.SendAsync("POST", "/connectors", $$"""{"name":"pairs","config":{{Sink}}}""");

        Assert.Equal(403, status);
        Assert.Equal(
            "the server is read only: connectors come from its queries file and its configuration", $"{JsonNode.Parse(text)!["message"]}");
        Assert.Equal("[]", (await connect.Client.SendAsync("GET", "/connectors")).Text);
    }

    [Fact]
    public async Task The_password_is_asked_for_and_pages_of_other_sites_are_refused()
    {
        await using var connect = await RunningConnect.StartAsync(_folder, password: "s3cret");
        var (status, text) = await connect.Client.SendAsync("GET", "/connectors");
        connect.Client.Http.DefaultRequestHeaders.Authorization = new("Bearer", "s3cret");
        var known = await connect.Client.SendAsync("GET", "/connectors");
        connect.Client.Http.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");

        var foreign = await connect.Client.SendAsync("GET", "/connectors");

        Assert.Equal((401, 401), (status, (int)JsonNode.Parse(text)!["error_code"]!));
        Assert.Equal((200, 403), (known.Status, foreign.Status));
    }

    [Fact]
    public async Task A_level_that_is_set_holds_for_the_loggers_below()
    {
        var output = new StringWriter();
        using var logging = new HostLogging(new LogOptions { Level = LogLevel.Warning }, output);
        var log = logging.Loggers.CreateLogger("SockSort.Connect.Worker.ConnectWorker");
        await using var connect = await RunningConnect.StartAsync(_folder, new ConnectServerOptions { Levels = logging.Levels });

#pragma warning disable CA1848, CA2254 // It is the level that matters.
        log.LogInformation("before");
        var changed = await connect.Client.JsonAsync("PUT", "/admin/loggers/SockSort.Connect", """{"level":"info"}""");
        log.LogInformation("after");
#pragma warning restore CA1848, CA2254

        Assert.Equal("""["SockSort.Connect","SockSort.Connect.Worker.ConnectWorker"]""", changed.ToJsonString());
        Assert.Equal("INFO", $"{(await connect.Client.JsonAsync("GET", "/admin/loggers/SockSort.Connect.Worker.ConnectWorker"))["level"]}");
        Assert.Equal((false, true), (output.ToString().Contains("before"), output.ToString().Contains("after")));
    }

    private static NewRecord Value(string text) => NewRecord.Of(0, null, Encoding.UTF8.GetBytes(text));

    private static string State(JsonNode status) => $"{status["connector"]?["state"]} {status["tasks"]?[0]?["state"]}";
}
