using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Sql;

public sealed class LoggedTroubleTests
{
    [Fact]
    public async Task A_full_disk_is_logged_once_for_all_queries_and_when_it_is_over()
    {
        using var folder = new TempFolder();
        await using var disk = await SmallDisk.MountAsync(folder.File("data"), "8m");
        await using var server = SocksortProcess.Start(["server", "--listen", "http://127.0.0.1:0", "--data", folder.File("data")]);
        using var client = new HttpClient { BaseAddress = new((await server.LineAsync(@"listening on (http://\S+);")).Groups[1].Value) };
        await PostAsync(
            client,
            "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q AS SELECT a FROM s; CREATE "
                + "STREAM r AS SELECT a FROM s;");

        disk.Fill();
        await PostAsync(client, "CREATE STREAM t AS SELECT a FROM s;");
        _ = await server.LineAsync("error Sql 5010 the log: .*the disk is full.*; no query goes on, tried again each second");
        disk.Free();
        _ = await server.LineAsync("information Sql 5011 the log can be written and read again");
        await PostAsync(client, "PAUSE CSAS_Q_0;");
        _ = await server.LineAsync("information Sql 5004 query CSAS_Q_0: PAUSED");

        Assert.Single(Regex.Matches(server.Output, " Sql 5010 "));
        Assert.DoesNotContain(" Sql 5007 ", server.Output);
    }

    private static async Task PostAsync(HttpClient client, string statements)
    {
        using var body = new StringContent(new JsonObject { ["ksql"] = statements }.ToJsonString());
        using var answer = await client.PostAsync("/ksql", body);
    }
}
