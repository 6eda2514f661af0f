using SockSort.Deploy.Connectors;
using SockSort.Server.Tests.Connectors;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.Connectors;

/// <summary>Connectors on a worker of our own, over HTTP.</summary>
public sealed class ConnectDeploymentTests : IDisposable
{
    private const string Pairs = """
        CREATE STREAM socks (image STRING) WITH (kafka_topic='socks', value_format='json');
        DEFINE file = 'pairs.jsonl';
        CREATE SINK CONNECTOR pairs WITH ("connector.class"='FileStreamSink', "topics"='PAIRS', "file"='${file}');
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Connectors_of_a_script_are_made_and_run_and_a_second_time_nothing_changes()
    {
        await using var server = await RunningConnect.StartAsync(_folder);

        var first = await ApplyAsync(server, Script(Pairs));
        var second = await ApplyAsync(server, Script(Pairs));

        Assert.Equal([new DeployStep(3, "connector PAIRS", DeployOutcome.Made)], first.Steps);
        Assert.Equal([new RunningPart("PAIRS", "RUNNING", "1 task")], first.Running);
        Assert.False(second.HasChanges);
    }

    [Fact]
    public async Task A_changed_setting_is_changed_and_named()
    {
        await using var server = await RunningConnect.StartAsync(_folder);
        await ApplyAsync(server, Script(Pairs));
        var changed = Script(Pairs.Replace("pairs.jsonl", "others.jsonl"));

        var plan = await Deployment(server, changed).PlanAsync(CancellationToken.None);
        var status = await Deployment(server, changed).StatusAsync(CancellationToken.None);
        var applied = await ApplyAsync(server, changed);

        const string Difference = "'file': others.jsonl here, pairs.jsonl there";
        Assert.Equal([(DeployOutcome.Changed, Difference)], plan.Steps.Select(step => (step.Outcome, step.Detail)));
        Assert.Equal([(DeployOutcome.Differs, Difference)], status.Steps.Select(step => (step.Outcome, step.Detail)));
        Assert.Equal(plan.Steps, applied.Steps);
        Assert.Equal("others.jsonl", (string?)(await server.Client.JsonAsync("GET", "/connectors/PAIRS/config"))["file"]);
    }

    [Fact]
    public async Task A_missing_plugin_is_named_with_those_that_there_are_and_nothing_is_made()
    {
        await using var server = await RunningConnect.StartAsync(_folder);
        var file = Script(Pairs + "\nCREATE SOURCE CONNECTOR db WITH (\"connector.class\"='io.debezium.connector.MySql', \"x\"='y');");

        var error = await Assert.ThrowsAsync<DeployException>(() => ApplyAsync(server, file));

        Assert.Equal(DeployErrorKind.NoPlugin, error.Kind);
        Assert.StartsWith("socks.ksql:4: connector 'DB' needs the plugin 'io.debezium.connector.MySql', which the cluster ", error.Message);
        Assert.Contains("org.apache.kafka.connect.file.FileStreamSinkConnector", error.Message);
        Assert.Empty((await server.Client.JsonAsync("GET", "/connectors")).AsArray());
    }

    [Fact]
    public async Task Settings_that_cannot_be_are_told_before_anything_is_made()
    {
        await using var server = await RunningConnect.StartAsync(_folder);
        var file = ConnectorFile.ReadJson("all.json", """
            [{"name": "good", "config": {"connector.class": "FileStreamSink", "topics": "a", "file": "a.jsonl"}},
             {"name": "bad", "connector.class": "FileStreamSink", "file": "b.jsonl"}]
            """);

        var error = await Assert.ThrowsAsync<DeployException>(() => ApplyAsync(server, file));

        Assert.StartsWith("all.json: connector 'bad' cannot run with these settings; nothing was changed:\n  topics: ", error.Message);
        Assert.Empty((await server.Client.JsonAsync("GET", "/connectors")).AsArray());
    }

    [Fact]
    public async Task Removed_are_those_of_the_file_and_nothing_else()
    {
        await using var server = await RunningConnect.StartAsync(_folder);
        await ApplyAsync(server, Script(Pairs));
        await ApplyAsync(server, Script(Pairs.Replace("CONNECTOR pairs", "CONNECTOR others").Replace("pairs.jsonl", "others.jsonl")));

        var would = await Deployment(server, Script(Pairs)).RemoveAsync(isDryRun: true, _ => { }, CancellationToken.None);
        var removed = await Deployment(server, Script(Pairs)).RemoveAsync(isDryRun: false, _ => { }, CancellationToken.None);
        var again = await Deployment(server, Script(Pairs)).RemoveAsync(isDryRun: false, _ => { }, CancellationToken.None);

        Assert.Equal([new DeployStep(3, "connector PAIRS", DeployOutcome.Removed)], removed.Steps);
        Assert.Equal((would.Steps[0], false), (removed.Steps[0], again.HasChanges));
        Assert.Equal(["OTHERS"], (await server.Client.JsonAsync("GET", "/connectors")).AsArray().Select(name => (string?)name));
    }

    [Fact]
    public async Task A_secret_in_the_open_is_warned_of_and_shown_nowhere()
    {
        await using var server = await RunningConnect.StartAsync(_folder);
        var file = Script("""
            CREATE SOURCE CONNECTOR mqtt WITH ("connector.class"='io.confluent.connect.mqtt.MqttSourceConnector', "kafka.topic"='t',
              "mqtt.server.uri"='tcp://127.0.0.1:1', "mqtt.topics"='sockfound', "mqtt.username"='anna', "mqtt.password"='S3cret');
            """);

        var plan = await Deployment(server, file).PlanAsync(CancellationToken.None);

        Assert.Equal(
            "'mqtt.password' stands in the open for all who may read the cluster's configurations; write ${file:PATH:NAME}",
            plan.Steps[0].Detail);
        Assert.DoesNotContain("S3cret", SettingDifferences.Between(
            new Dictionary<string, string> { ["mqtt.password"] = "S3cret" },
            new Dictionary<string, string> { ["mqtt.password"] = "other" }));
    }

    [Fact]
    public async Task A_wrong_password_and_a_cluster_that_is_not_there_are_told()
    {
        await using var server = await RunningConnect.StartAsync(_folder, password: "right");
        using var wrong = new ConnectRest(server.Client.Http.BaseAddress!, "anna", "guess");
        using var absent = new ConnectRest(new Uri($"http://127.0.0.1:{FreePort.Next()}"), null, null);

        var (one, other) = (Deployment(wrong, Script(Pairs)), Deployment(absent, Script(Pairs)));
        var refused = await Assert.ThrowsAsync<DeployException>(() => one.PlanAsync(CancellationToken.None));
        var unreachable = await Assert.ThrowsAsync<DeployException>(() => other.PlanAsync(CancellationToken.None));

        Assert.Equal((DeployErrorKind.Access, DeployErrorKind.Unreachable), (refused.Kind, unreachable.Kind));
        Assert.Contains("refuses the user or the password (401: ", refused.Message);
        Assert.DoesNotContain("guess", refused.Message);
    }

    [Theory]
    [InlineData("{", "c.json:1:2: this is no JSON: ")]
    [InlineData("[1]", "c.json: a connector is an object, not number")]
    [InlineData("""{"config": {"connector.class": "X"}}""", "c.json: a connector has no 'name', by which the cluster calls it")]
    [InlineData("""{"name": "a", "config": {"x": "y"}}""", "c.json: connector 'a' has no 'connector.class', which names its plugin")]
    [InlineData("""{"name": "a", "connector.class": ["X"]}""", "c.json: the setting 'connector.class' is a list; a setting is a text")]
    [InlineData("[]", "c.json: no connector in it; ")]
    public void A_json_file_that_is_wrong_is_told_with_what_would_be_right(string json, string message)
    {
        var error = Assert.Throws<DeployException>(() => ConnectorFile.ReadJson("c.json", json));

        Assert.StartsWith(message, error.Message);
    }

    private static ConnectorFile Script(string text) => ConnectorFile.ReadScript(new SourceText("socks.ksql", text));

    private static Task<DeployReport> ApplyAsync(RunningConnect server, ConnectorFile file) =>
        Deployment(server, file).ApplyAsync(_ => { }, CancellationToken.None);

    private static ConnectDeployment Deployment(RunningConnect server, ConnectorFile file) =>
        Deployment(new ConnectRest(server.Client.Http.BaseAddress!, null, null), file);

    private static ConnectDeployment Deployment(ConnectRest connect, ConnectorFile file) => new(connect, file, TimeSpan.FromSeconds(30));
}
