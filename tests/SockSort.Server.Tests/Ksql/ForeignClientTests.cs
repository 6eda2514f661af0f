using System.Diagnostics;
using System.Text.Json.Nodes;
using SockSort.Testing;

namespace SockSort.Server.Tests.Ksql;

/// <summary>Clients that nobody wrote for this server.</summary>
public sealed class ForeignClientTests
{
    [Fact]
    public async Task Npms_ksqldb_client_creates_lists_inserts_pushes_pulls_and_closes()
    {
        var modules = Repository.PathOf(".build/npm/node_modules");
        if (!Directory.Exists(Path.Combine(modules, "ksqldb-client")))
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "ksqldb-client is not installed: ./test installs it");
        await using var server = await RunningServer.StartAsync();

        var told = JsonNode.Parse(
            await RunAsync("node", Path.Combine(AppContext.BaseDirectory, "Ksql/ksqldb-client.mjs"), modules, $"{server.Address.Port}"))!;

        Assert.Equal("SUCCESS", (string)told["created"]!);
        Assert.Equal("""["SOCKS"]""", told["streams"]!.ToJsonString());
        Assert.Equal("""["NEWEST"]""", told["tables"]!.ToJsonString());
        Assert.Equal("""["NEWEST","socks"]""", told["topics"]!.ToJsonString());
        Assert.Equal("""["CTAS_NEWEST_0"]""", told["queries"]!.ToJsonString());
        Assert.Equal("""["ID","IMAGE"]""", told["fields"]!.ToJsonString());
        Assert.Equal(40001, (int)told["mistake"]!);
        Assert.Equal(("ok", "error"), ((string)told["inserted"]!, (string)told["refused"]!));
        Assert.Equal("""[{"ID":"a","IMAGE":"Google"},{"ID":"b","IMAGE":"Mongo"}]""", told["pushed"]!.ToJsonString());
        Assert.Equal((200, 200), ((int)told["closed"]!, (int)told["ended"]!));
        Assert.Equal("""[{"ID":"b","IMAGE":"Mongo"}]""", told["pulled"]!.ToJsonString());
    }

    [Fact]
    public async Task Curl_with_the_documented_requests_gets_the_documented_answers()
    {
        await using var server = await RunningServer.StartAsync();
        string[] ksql = ["-s", "-X", "POST", $"{server.Address}ksql", "-H", "Accept: application/vnd.ksql.v1+json", "-d"];

        var created = JsonNode.Parse(
            await RunAsync(
                "curl",
                [
                    .. ksql,
                    """
                    {"ksql": "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);", "streamsProperties": {}}
                    """,
                ]))!;
        var listed = JsonNode.Parse(await RunAsync("curl", [.. ksql, """{"ksql": "LIST STREAMS;"}"""]))!;
        var http2 = await RunAsync(
            "curl", "-s", "--http2-prior-knowledge", "-X", "POST", $"{server.Address}query-stream", "-d",
            """{"sql": "SELECT * FROM s EMIT CHANGES LIMIT 0;"}""");
        var info = JsonNode.Parse(await RunAsync("curl", "-s", $"{server.Address}info"))!;

        Assert.Equal("SUCCESS", (string)created[0]!["commandStatus"]!["status"]!);
        Assert.Equal("S", (string)listed[0]!["streams"]![0]!["name"]!);
        Assert.Contains("\"columnNames\":[\"A\"]", http2);
        Assert.NotNull(info["KsqlServerInfo"]);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Programs.Find(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}");
        return await output;
    }
}
