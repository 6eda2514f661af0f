using System.Text;
using SockSort.Deploy.Flink;
using SockSort.Deploy.Flink.Gateway;
using SockSort.Deploy.KsqlDb;
using SockSort.Log;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>Scripts brought to Flink by its SQL Gateway; skipped where the kit is absent.</summary>
/// <remarks>Those that start servers of the kit run one after the other.</remarks>
[Collection("servers of the kit")]
public sealed class FlinkDeploymentTests(RealFlink flink)
{
    private const string Script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM shown (image STRING, shelf INT) WITH (kafka_topic='shown', value_format='json', partitions=1);
        CREATE STREAM high WITH (kafka_topic='high') AS SELECT image FROM shown WHERE shelf > 2 EMIT CHANGES;
        CREATE TABLE piles WITH (kafka_topic='piles') AS SELECT image, COUNT(*) AS n FROM shown
          WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image EMIT FINAL;
        SELECT * FROM piles EMIT CHANGES;
        """;

    private const long Start = 1_764_513_120_000;

    [Fact]
    public async Task A_script_is_submitted_found_again_told_as_differing_stopped_and_goes_on_from_its_savepoint_without_doubles()
    {
        await flink.StartAsync();
        foreach (var topic in new[] { "shown", "high", "piles" })
            flink.Log.EnsureTopic(topic);

        var missing = await StatusAsync(Script);
        var made = await flink.ApplyAsync(Script);
        var again = await flink.ApplyAsync(Script);
        var other = Script.Replace("shelf > 2", "shelf > 3");
        var differing = await StatusAsync(other);
        var refused = await Assert.ThrowsAsync<DeployException>(() => flink.ApplyAsync(other));
        // Half of a window before the savepoint, half of it while no job runs.
        await AppendAsync(0, 1000, 2000);
        await WrittenAsync("high", 3);
        var stopped = await flink.StopAsync(Script);
        var gone = await StatusAsync(Script);
        await AppendAsync(3000, 4000, 5000, 10_000);
        var resumed = await flink.ApplyAsync(Script, From(stopped));
        await WrittenAsync("piles", 2);
        _ = await flink.StopAsync(Script);

        Assert.Equal([DeployOutcome.PassedOver, DeployOutcome.Absent, DeployOutcome.Absent, DeployOutcome.PassedOver], Outcomes(missing));
        Assert.Equal([DeployOutcome.PassedOver, DeployOutcome.Made, DeployOutcome.Made, DeployOutcome.PassedOver], Outcomes(made));
        Assert.Equal(["RUNNING", "RUNNING"], made.Running.Select(part => part.State));
        Assert.StartsWith("socksort: table PILES [", made.Running[1].Name);
        Assert.False(again.HasChanges);
        Assert.Equal(made.Steps.Select(step => step.Detail), again.Steps.Select(step => step.Detail));
        Assert.Equal([DeployOutcome.Differs, DeployOutcome.Unchanged], Outcomes(differing).Skip(1).Take(2));
        Assert.StartsWith("socks.ksql:3:1: stream HIGH is there in another form: job ", refused.Message);
        Assert.Equal([DeployOutcome.Removed, DeployOutcome.Removed], Outcomes(stopped));
        Assert.Equal(Outcomes(missing), Outcomes(gone));
        Assert.Contains(", from file:", resumed.Steps[2].Detail);
        Assert.Equal(7, Records("high").Count);
        Assert.Equal(["{\"N\":5}", "{\"N\":1}"], Records("piles"));
    }

    [Fact]
    public async Task A_job_that_fails_after_its_start_is_told_with_the_root_of_its_failure_and_what_to_do()
    {
        await flink.StartAsync();
        var script = Script.Replace("kafka_topic='shown'", "kafka_topic='nowhere'").Replace("high", "failing").Replace("piles", "failed");
        var options = new FlinkOptions { Settling = TimeSpan.FromMinutes(2) };

        var error = await Assert.ThrowsAsync<DeployException>(() => flink.ApplyAsync(script, options));
        var status = await StatusAsync(script);

        Assert.Matches("^socks.ksql:3:1: the job of stream FAILING has failed after its start \\([0-9a-f]{32}\\): ", error.Message);
        Assert.Contains(
            ": This server does not host this topic-partition; a topic that a job reads has to be there before it: "
                + "socksort topic create NAME --log kafka://HOST:PORT",
            error.Message);
        Assert.Contains(status.Running, part => part.HasFailed && part.Detail == "This server does not host this topic-partition");
        Assert.True(status.HasTrouble);
    }

    [Fact]
    public async Task A_jar_that_lacks_a_statement_that_is_refused_and_a_session_that_is_gone_are_told()
    {
        await flink.StartAsync();
        using var gateway = new FlinkGateway(flink.Gateway, null, null);
        var session = await gateway.OpenAsync(new Dictionary<string, string>(), TimeSpan.FromMinutes(2), CancellationToken.None);
        _ = await session.RunAsync("CREATE TEMPORARY TABLE t (a INT) WITH ('connector' = 'kafka-of-old')", CancellationToken.None);

        var lacking = await Assert.ThrowsAsync<DeployException>(() => session.RunAsync("SELECT * FROM t", CancellationToken.None));
        var refused = await Assert.ThrowsAsync<DeployException>(() => session.RunAsync("SELECT b FROM t", CancellationToken.None));
        await session.DisposeAsync();
        var gone = await Assert.ThrowsAsync<DeployException>(() => session.JobsAsync(CancellationToken.None));

        Assert.Equal(DeployErrorKind.NoPlugin, lacking.Kind);
        Assert.StartsWith("Flink lacks what its tables over Kafka need: 'kafka-of-old'; put Flink's jar for it (", lacking.Message);
        Assert.Equal("Flink refuses (500): Column 'b' not found in any table", refused.Message);
        Assert.StartsWith($"the session at {flink.Gateway} is gone: ", gone.Message);
    }

    [Fact]
    public async Task Another_server_and_none_are_told_as_such()
    {
        await flink.StartAsync();

        var other = await Assert.ThrowsAsync<DeployException>(() => StatusOfAsync(flink.Rest));
        var none = await Assert.ThrowsAsync<DeployException>(() => StatusOfAsync(new($"http://127.0.0.1:{FreePort.Next()}")));

        Assert.StartsWith($"{flink.Rest} answers (404), but not as Flink's SQL Gateway does; its port is 8083 unless ", other.Message);
        Assert.EndsWith("; --gateway names Flink's SQL Gateway", none.Message);
    }

    private static FlinkOptions From(DeployReport stopped) => new()
    {
        FromSavepoints = stopped.Steps.ToDictionary(step => step.What, step => step.Detail.Split(", savepoint ")[1]),
    };

    private static IEnumerable<DeployOutcome> Outcomes(DeployReport report) => report.Steps.Select(step => step.Outcome);

    private static async Task<DeployReport> StatusOfAsync(Uri address)
    {
        using var gateway = new FlinkGateway(address, null, null);
        var program = FlinkTranslation.Of(KsqlScript.Read(new SourceText("socks.ksql", Script)), "kafka:9092", TimeSpan.Zero);
        return await new FlinkDeployment(gateway, program, new()).StatusAsync(CancellationToken.None);
    }

    private Task<DeployReport> StatusAsync(string script) =>
        flink.DeployAsync(script, deployment => deployment.StatusAsync(CancellationToken.None));

    private async Task AppendAsync(params long[] times)
    {
        var records = times.Select(time => NewRecord.Of(Start + time, null, """{"image": "dots", "shelf": 3}"""u8.ToArray()));
        _ = await flink.Log.AppendAsync("shown", [.. records]);
    }

    private Task WrittenAsync(string topic, int count) =>
        Eventually.TrueAsync(() => Records(topic).Count >= count, $"{topic} has {count} records", TimeSpan.FromMinutes(5));

    private List<string> Records(string topic) =>
        [.. flink.Log.Batches(topic, 0, 0).SelectMany(batch => batch).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span))];
}
