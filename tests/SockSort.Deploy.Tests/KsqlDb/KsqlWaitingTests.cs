using SockSort.Client.Rest;
using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Tests.KsqlDb;

/// <summary>A server whose commands take their time.</summary>
public sealed class KsqlWaitingTests
{
    private const string Script = """
        CREATE STREAM a (x INT) WITH (kafka_topic='a', value_format='json');
        CREATE STREAM b (x INT) WITH (kafka_topic='b', value_format='json');
        """;

    [Fact]
    public async Task Each_command_is_waited_for_before_the_next_one_is_sent()
    {
        await using var server = await SlowKsqlServer.StartAsync("QUEUED", "PARSING", "EXECUTING", "SUCCESS");

        await DeployAsync(server, TimeSpan.FromSeconds(30));

        Assert.Equal(2, server.Sent.Count);
        Assert.Equal([null, 1L], server.Sent.Select(body => (long?)body["commandSequenceNumber"]));
    }

    [Fact]
    public async Task A_command_that_fails_later_is_told_with_its_place()
    {
        await using var server = await SlowKsqlServer.StartAsync("QUEUED", "ERROR");

        var refused = await Assert.ThrowsAsync<DeployException>(() => DeployAsync(server, TimeSpan.FromSeconds(30)));

        Assert.Equal(DeployErrorKind.Refused, refused.Kind);
        Assert.StartsWith("socks.ksql:1:1: said by the worker", refused.Message);
    }

    [Fact]
    public async Task A_command_that_is_never_done_is_given_up_in_time()
    {
        await using var server = await SlowKsqlServer.StartAsync("EXECUTING");

        var late = await Assert.ThrowsAsync<DeployException>(() => DeployAsync(server, TimeSpan.FromSeconds(0.5)));

        Assert.Equal(DeployErrorKind.Late, late.Kind);
        Assert.StartsWith("socks.ksql:1:1: stream A is still not done after 0.5 s", late.Message);
    }

    private static async Task DeployAsync(SlowKsqlServer server, TimeSpan timeout)
    {
        using var client = new KsqlClient(server.Address, null, null);
        _ = await new KsqlDeployment(client, KsqlScript.Read(new SourceText("socks.ksql", Script)), timeout).ApplyAsync(
            _ => { }, CancellationToken.None);
    }
}
