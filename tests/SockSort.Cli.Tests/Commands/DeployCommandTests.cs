using System.Text.Json.Nodes;
using SockSort.Cli.Tests.Sql;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary><c>socksort deploy …</c>: what it prints and its exit codes; what is done where, the tests of Deploy show.</summary>
public sealed class DeployCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_script_is_brought_to_a_server_shown_and_removed()
    {
        await using var server = await ServerProcess.StartAsync(_folder.File("data"), "--connect-listen", "off");
        var script = _folder.Write("socks.ksql", """
            CREATE STREAM socks (image STRING) WITH (kafka_topic='socks', value_format='json', partitions=1);
            CREATE STREAM reds AS SELECT image FROM socks WHERE image = 'red' EMIT CHANGES;
            """);

        var missing = await RunAsync("--status");
        var plan = await RunAsync("--dry-run");
        var made = await RunAsync();
        var again = await RunAsync();
        var status = await RunAsync("--status", "--json");
        var removed = await RunAsync("--remove");

        Assert.Equal([1, 0, 0, 0, 0, 0], new[] { missing, plan, made, again, status, removed }.Select(run => run.ExitCode));
        Assert.Contains("stream REDS                              is not there", missing.Output);
        Assert.Contains("stream REDS                              to be made", plan.Output);
        Assert.EndsWith(": 2 changes to make; nothing was sent\n", plan.Output);
        Assert.Matches(
            @"(?s)^ +1  stream SOCKS +made\n +2  stream REDS +made: query CSAS_REDS_0\n +CSAS_REDS_0 +RUNNING\n.*: 2 changes\n$",
            made.Output);
        Assert.EndsWith(": nothing to change\n", again.Output);
        Assert.Contains("\"outcome\": \"unchanged\"", status.Output);
        Assert.Matches(@"(?s)^ +2  stream REDS +removed\n +1  stream SOCKS +removed\n", removed.Output);

        Task<CliRun> RunAsync(params string[] options) =>
            CliRun.InvokeAsync(["deploy", "ksqldb", script, "--server", server.Address, .. options]);
    }

    [Theory]
    [InlineData("ksqldb", "--server")]
    [InlineData("connect", "--connect")]
    [InlineData("flink", "--gateway", "--kafka", "kafka:9092")]
    public async Task What_is_not_there_and_what_does_not_go_together_is_told(string target, string option, params string[] more)
    {
        var script = _folder.Write("c.ksql", "CREATE SINK CONNECTOR a WITH (\"connector.class\"='FileStreamSink');");

        var absent = await RunAsync($"http://127.0.0.1:{FreePort.Next()}");
        var wrong = await RunAsync("nowhere");
        var both = await RunAsync("http://127.0.0.1:1", "--status", "--remove");

        Assert.Equal((1, 1, 2), (absent.ExitCode, wrong.ExitCode, both.ExitCode));
        Assert.Contains("cannot be reached: ", absent.Error);
        Assert.Contains("'nowhere' is no address, expected one as http://127.0.0.1:80", wrong.Error);
        Assert.Matches("--status changes nothing: it does not go with --dry-run or --(remove|cancel)", both.Error);

        Task<CliRun> RunAsync(string address, params string[] options) =>
            CliRun.InvokeAsync(["deploy", target, script, .. more, option, address, .. options]);
    }

    [Fact]
    public async Task A_script_is_printed_as_flink_sql_or_refused_by_its_places()
    {
        var plain = _folder.Write("plain.ksql", """
            CREATE STREAM socks (image STRING) WITH (kafka_topic='socks', value_format='json');
            CREATE STREAM reds AS SELECT image FROM socks WHERE image = 'red' EMIT CHANGES;
            """);

        var translated = await CliRun.InvokeAsync("deploy", "flink", plain, "--kafka", "kafka:9092", "--dry-run");
        var refused = await CliRun.InvokeAsync(
            "deploy", "flink", Repository.PathOf("samples/sock.ksql"), "--kafka", "kafka:9092", "--dry-run");
        var json = await CliRun.InvokeAsync("deploy", "flink", plain, "--kafka", "kafka:9092", "--dry-run", "--json");

        Assert.Equal((0, 1, 0), (translated.ExitCode, refused.ExitCode, json.ExitCode));
        Assert.Matches(
            @"(?s)^SET 'table.local-time-zone' = 'UTC';.*CREATE TEMPORARY TABLE `SOCKS.*INSERT INTO `REDS`.*;\n\n$", translated.Output);
        Assert.Contains("sock.ksql:26:1: Flink gives a window's row once", refused.Error);
        Assert.Equal("SET 'table.local-time-zone' = 'UTC'", (string?)JsonNode.Parse(json.Output)!["statements"]![0]);
    }

    [Theory]
    [InlineData("--gateway URL is needed, Flink's SQL Gateway; or --dry-run")]
    [InlineData("--gateway URL is needed, Flink's SQL Gateway; or --dry-run", "--dry-run", "--cancel")]
    [InlineData("--savepoints goes with --cancel: ", "--gateway", "http://a:1", "--savepoints", "file:///a")]
    [InlineData("--from-savepoint starts jobs: ", "--gateway", "http://a:1", "--from-savepoint", "file:///a", "--status")]
    [InlineData("--from-savepoint: 'A' has two savepoints", "--gateway", "http://a:1", "--from-savepoint", "A=/", "--from-savepoint", "A=")]
    [InlineData("--property: 'x' is no NAME=VALUE", "--gateway", "http://a:1", "--property", "x")]
    public async Task Options_of_flink_that_do_not_go_together_are_told(string message, params string[] options)
    {
        var run = await CliRun.InvokeAsync(["deploy", "flink", _folder.Write("a.ksql", ""), "--kafka", "kafka:9092", .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error);
    }
}
