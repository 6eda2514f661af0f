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
    public async Task What_is_not_there_and_what_does_not_go_together_is_told(string target, string option)
    {
        var script = _folder.Write("c.ksql", "CREATE SINK CONNECTOR a WITH (\"connector.class\"='FileStreamSink');");

        var absent = await CliRun.InvokeAsync("deploy", target, script, option, $"http://127.0.0.1:{FreePort.Next()}");
        var wrong = await CliRun.InvokeAsync("deploy", target, script, option, "nowhere");
        var both = await CliRun.InvokeAsync("deploy", target, script, option, "http://127.0.0.1:1", "--status", "--remove");

        Assert.Equal((1, 1, 2), (absent.ExitCode, wrong.ExitCode, both.ExitCode));
        Assert.Contains("cannot be reached: ", absent.Error);
        Assert.Contains("'nowhere' is no address, expected one as http://127.0.0.1:80", wrong.Error);
        Assert.Contains("--status changes nothing: it does not go with --dry-run or --remove", both.Error);
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
        var submitted = await CliRun.InvokeAsync("deploy", "flink", plain, "--kafka", "kafka:9092");

        Assert.Equal((0, 1, 2), (translated.ExitCode, refused.ExitCode, submitted.ExitCode));
        Assert.Matches(
            @"(?s)^SET 'table.local-time-zone' = 'UTC';.*CREATE TABLE `SOCKS` \(.*INSERT INTO `REDS`.*;\n\n$", translated.Output);
        Assert.Contains("sock.ksql:26:1: Flink gives a window's row once", refused.Error);
        Assert.Contains("statements are not submitted to Flink yet: --dry-run prints them", submitted.Error);
    }
}
