using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>
/// Each message that Mosquitto has acknowledged is in the log, whatever becomes of the connector's statements and of the server in between.
/// </summary>
public sealed class ConnectorDeliveryTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Messages = All ? 20_000 : 3_000;
    private static readonly int Burst = All ? 200_000 : 50_000;

    [Fact]
    public async Task Made_dropped_and_made_again_it_misses_nothing_over_restarts_and_stores_nothing_twice()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        _ = await served.KsqlAsync(ServedConnector.Drop);
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");

        for (var start = 0; start < 2; start++)
        {
            await served.StopServerAsync();
            await served.PublishAsync(start * Messages, Messages);
            await served.StartServerAsync();
        }
        await served.StoredAsync(2 * Messages);
        await served.PublishAsync(2 * Messages, 1);
        await served.StoredAsync((2 * Messages) + 1);

        output.WriteLine($"{(2 * Messages) + 1} messages, {served.Stored().Count} stored");
        Assert.Equal(Enumerable.Range(0, (2 * Messages) + 1), served.Stored());
    }

    [Fact]
    public async Task A_queries_file_that_drops_and_creates_it_misses_nothing_at_any_start()
    {
        await using var served = await ServedConnector.StartAsync();
        var queries = served.Folder.Write("queries.ksql", ServedConnector.Drop + served.Create());
        await served.StartServerAsync("--queries", queries);
        await served.StateAsync("RUNNING");

        await served.StopServerAsync();
        await served.PublishAsync(0, Messages);
        await served.StartServerAsync("--queries", queries);
        await served.StoredAsync(Messages);
        await served.StopServerAsync();
        await served.PublishAsync(Messages, Messages);
        // The same connector, otherwise set: it goes on as well.
        _ = served.Folder.Write("queries.ksql", ServedConnector.Drop + served.Create("'tasks.max'='1',"));
        await served.StartServerAsync("--queries", queries);
        await served.StoredAsync(2 * Messages);

        Assert.Equal(Enumerable.Range(0, 2 * Messages), served.Stored());
        Assert.Equal("1", (string)(await served.DescribeAsync())["config"]!["tasks.max"]!);
    }

    [Fact]
    public async Task One_request_and_one_script_that_drop_and_create_it_miss_nothing()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");
        _ = await served.KsqlAsync(
            "PAUSE CONNECTOR `mqtt-source`; CREATE STREAM other (a INT) WITH (kafka_topic='other', value_format='json', partitions=1);");
        await served.PublishAsync(0, Messages);

        _ = await served.KsqlAsync(ServedConnector.Drop + served.Create());
        await served.StoredAsync(Messages);
        _ = await served.KsqlAsync("PAUSE CONNECTOR `mqtt-source`;");
        await served.PublishAsync(Messages, Messages);
        var script = served.Folder.Write(
            "again.ksql",
            $"SHOW STREAMS;\n{ServedConnector.Drop}\nINSERT INTO other VALUES (1);\nSHOW CONNECTORS;\n{served.Create()}\nSHOW CONNECTORS;");
        var (exitCode, told) = await SocksortProcess.RunAsync(["sql", "run", script, "--server", served.Address]);
        await served.StoredAsync(2 * Messages);

        Assert.True(exitCode == 0, told);
        Assert.Matches(
            "(?s)ksql> DROP CONNECTOR.*Dropped connector.*ksql> INSERT INTO other.*ksql> SHOW CONNECTORS.*ksql> CREATE SOURCE "
                + "CONNECTOR.*Created connector mqtt-source.*ksql> SHOW",
            told);
        Assert.Equal(Enumerable.Range(0, 2 * Messages), served.Stored());
    }

    [Fact]
    public async Task A_script_run_over_the_folder_that_drops_and_creates_it_misses_nothing()
    {
        await using var served = await ServedConnector.StartAsync();
        var script = served.Folder.Write("socks.ksql", served.Create() + ServedConnector.Drop + served.Create()
            + "CREATE STREAM s (a INT) WITH (kafka_topic='data_mqtt', value_format='kafka'); CREATE STREAM t AS SELECT a FROM s;");

        for (var run = 0; run < 2; run++)
        {
            await using var running = SocksortProcess.Start(["sql", "run", script, "--data", served.Data, "--secrets", served.Folder.Path]);
            _ = await running.LineAsync(" connector mqtt-source: RUNNING");
            running.PressCtrlC();
            Assert.Equal(0, await running.EndAsync());
            await served.PublishAsync(run * Messages, Messages);
        }
        await using var last = SocksortProcess.Start(["sql", "run", script, "--data", served.Data, "--secrets", served.Folder.Path]);
        await served.StoredAsync(2 * Messages);

        Assert.Equal(Enumerable.Range(0, 2 * Messages), served.Stored());
    }

    [Fact]
    public async Task Killed_while_messages_come_at_once_at_any_moment_it_misses_none_that_was_acknowledged()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create() + ServedConnector.Drop + served.Create());
        await served.StateAsync("RUNNING");

        var publishing = served.PublishAsync(0, 5 * Messages);
        await served.StoredAsync(Messages / 2);
        await served.Server.KillAsync();
        await served.StartServerAsync();
        await publishing;
        await served.StoredAsync(5 * Messages);
        await Eventually.TrueAsync(() => served.Stored().Distinct().Count() == 5 * Messages, "all are stored", TimeSpan.FromMinutes(2));

        var twice = served.Stored().Count - (5 * Messages);
        output.WriteLine($"{5 * Messages} messages, {twice} of them twice");
        Assert.True(twice <= (await CountAsync(served, "redelivered")), "each that stands twice was counted as perhaps sent before");
    }

    [Fact]
    public async Task All_of_a_burst_without_acknowledgements_is_stored_or_counted_by_the_broker()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create("'mqtt.qos'='0',"));
        await served.StateAsync("RUNNING");

        await served.PublishAsync(0, Burst, qos: 0);
        // Mosquitto tells of its own drops every ten seconds.
        await Eventually.TrueAsync(
            async () => served.EndOffset() + Math.Max(0, await CountAsync(served, "broker dropped")) >= Burst,
            "each message is stored, or the broker tells that it has dropped it",
            TimeSpan.FromMinutes(2));

        output.WriteLine(
            $"{Burst} messages, {served.EndOffset()} stored, {await CountAsync(served, "broker dropped")} dropped by the broker");
        Assert.Equal(0, await CountAsync(served, "dropped"));
        Assert.Equal(served.Stored().Count, await CountAsync(served, "received"));
    }

    [Fact]
    public async Task Of_numbered_messages_none_is_missing_before_between_and_behind_two_of_70_megabytes()
    {
        await using var served = await ServedConnector.StartAsync();
        var large = served.Folder.Write("large", new string('x', 70_000_000));
        await served.StartServerAsync();
        _ = await served.KsqlAsync(served.Create());
        await served.StateAsync("RUNNING");

        await served.PublishAsync(0, Messages);
        await served.PublishFileAsync(large);
        await served.PublishAsync(Messages, Messages);
        await served.StopServerAsync();
        await served.PublishFileAsync(large);
        await served.PublishAsync(2 * Messages, Messages);
        await served.StartServerAsync();
        await served.StoredAsync(3 * Messages);

        output.WriteLine($"{3 * Messages} messages, {served.Stored().Count} stored, {await CountAsync(served, "dead letters")} dead "
            + "letter since the second start");
        Assert.Equal(Enumerable.Range(0, 3 * Messages), served.Stored());
        Assert.Equal(1, await CountAsync(served, "dead letters"));
        Assert.Equal("RUNNING", await served.StateAsync());
    }

    private static async Task<long> CountAsync(ServedConnector served, string name) =>
        (long?)(await served.DescribeAsync())["counters"]!.AsArray().Single(count => (string)count!["name"]! == name)!["value"] ?? -1;
}
