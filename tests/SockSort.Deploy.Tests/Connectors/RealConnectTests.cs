using SockSort.Deploy.Connectors;
using SockSort.Server.Tests.Connectors;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Tests.Connectors;

/// <summary>Connectors on Kafka Connect itself; skipped where the kit is absent.</summary>
/// <remarks>Those that start servers of the kit run one after the other: each of these takes what two cores have.</remarks>
[Collection("servers of the kit")]
public sealed class RealConnectTests
{
    [Fact]
    public async Task Connectors_are_checked_made_changed_shown_and_removed_on_kafka_connect()
    {
        await using var real = await RealConnect.StartAsync("t1");
        await CheckRefusalsAsync(real);
        var lines = $$"""
            CREATE SINK CONNECTOR lines WITH (
              "connector.class"='FileStreamSink', "tasks.max"='1', "topics"='t1', "file"='{{real.FileFor("a")}}');
            """;

        var before = await Deployment(real, lines).StatusAsync(CancellationToken.None);
        var plan = await Deployment(real, lines).PlanAsync(CancellationToken.None);
        var made = await ApplyAsync(real, lines);
        var again = await ApplyAsync(real, lines);
        var changed = await ApplyAsync(real, lines.Replace("'1'", "'2'"));
        var would = await Deployment(real, lines).RemoveAsync(isDryRun: true, _ => { }, CancellationToken.None);
        var removed = await Deployment(real, lines).RemoveAsync(isDryRun: false, _ => { }, CancellationToken.None);
        var after = await Deployment(real, lines).StatusAsync(CancellationToken.None);

        Assert.Equal(
            [
                DeployOutcome.Absent, DeployOutcome.Made, DeployOutcome.Made, DeployOutcome.Unchanged, DeployOutcome.Changed,
                DeployOutcome.Removed, DeployOutcome.Removed, DeployOutcome.Absent,
            ],
            new[] { before, plan, made, again, changed, would, removed, after }.Select(report => report.Steps.Single().Outcome));
        Assert.Empty(plan.Running.Concat(removed.Running));
        Assert.Equal([new RunningPart("LINES", "RUNNING", "1 task")], made.Running);
        Assert.Equal("'tasks.max': 2 here, 1 there", changed.Steps[0].Detail);
        Assert.EndsWith("(Kafka Connect 4.1.0)", made.Target);
        Assert.Empty((await real.Client.JsonAsync("GET", "/connectors")).AsArray());
    }

    private static async Task CheckRefusalsAsync(RealConnect real)
    {
        var absent = await Assert.ThrowsAsync<DeployException>(() => ApplyAsync(real, """
            CREATE SOURCE CONNECTOR mqtt WITH ("connector.class"='io.confluent.connect.mqtt.MqttSourceConnector', "mqtt.password"='S3cret');
            """));
        var wrong = await Assert.ThrowsAsync<DeployException>(() => ApplyAsync(real, """
            CREATE SINK CONNECTOR lines WITH (
              "connector.class"='FileStreamSink', "tasks.max"='S3cretTasks', "sasl.password"='S3cretTasks', "topics"='t1');
            """));

        Assert.Equal(
            $"socks.ksql:1: connector 'MQTT' needs the plugin 'io.confluent.connect.mqtt.MqttSourceConnector', which the cluster at "
                + $"{real.Client.Http.BaseAddress} lacks; it has org.apache.kafka.connect.file.FileStreamSinkConnector 4.1.0, "
                + "org.apache.kafka.connect.file.FileStreamSourceConnector 4.1.0; put the plugin into a folder of the workers' plugin.path "
                + "and start them again",
            absent.Message);
        Assert.Contains("connector 'LINES' cannot run with these settings; nothing was changed:\n  tasks.max: ", wrong.Message);
        Assert.DoesNotContain("S3cret", wrong.Message);
    }

    private static Task<DeployReport> ApplyAsync(RealConnect real, string script) =>
        Deployment(real, script).ApplyAsync(_ => { }, CancellationToken.None);

    private static ConnectDeployment Deployment(RealConnect real, string script) => new(
        new ConnectRest(real.Client.Http.BaseAddress!, null, null),
        ConnectorFile.ReadScript(new SourceText("socks.ksql", script)), TimeSpan.FromMinutes(1));
}
