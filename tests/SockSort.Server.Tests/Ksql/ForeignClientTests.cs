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
        await using var server = await RunningServer.StartAsync();

        var told = await DriveAsync(server, "ksqldb-client", "ksqldb-client.mjs");

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

    /// <summary>It reads each frame of HTTP/2 as one JSON text.</summary>
    [Fact]
    public async Task Npms_ksqldb_js_makes_streams_and_tables_pushes_inserts_pulls_terminates_and_inspects()
    {
        await using var server = await RunningServer.StartAsync();

        var told = await DriveAsync(server, "ksqldb-js", "ksqldb-js.mjs");

        Assert.Equal(
            ("SUCCESS", "CSAS_CHECKS_0", "SUCCESS"), ((string)told["created"]!, (string)told["streamQuery"]!, (string)told["table"]!));
        Assert.Equal(
            """[{"status":"ok","seq":0},{"status":"ok","seq":1},{"status":"ok","seq":2}]""", told["inserted"]!.ToJsonString());
        Assert.Equal("""["ID","IMAGE"]""", told["columns"]!.ToJsonString());
        Assert.Equal("""[["a","Checks"],["b","Dots"],["a","Checks"]]""", told["pushed"]!.ToJsonString());
        Assert.True((bool)told["terminated"]!);
        Assert.Equal("""[["a",2]]""", told["pulled"]!.ToJsonString());
        Assert.Equal("""[["a","Checks",1],["b","Dots",2],["a","Checks",3]]""", told["between"]!.ToJsonString());
        Assert.Equal("""["CHECKS","SOCKS"]""", told["listed"]!.ToJsonString());
        Assert.StartsWith("statement:1:13: 'SHOES' does not exist", (string)told["mistake"]!);
        Assert.Equal("SUCCESS", (string)told["status"]!);
        Assert.Equal("""["kafkaClusterId","ksqlServiceId","serverStatus","version"]""", told["info"]!.ToJsonString());
        Assert.Equal("""["clusterStatus"]""", told["cluster"]!.ToJsonString());
        Assert.True((bool)told["health"]!);
        Assert.True((bool)told["valid"]!);
    }

    [Fact]
    public async Task Cubes_driver_connects_makes_pre_aggregations_reads_schemas_and_drops()
    {
        await using var server = await RunningServer.StartAsync();

        var told = await DriveAsync(server, "@cubejs-backend/ksql-driver", "cube-driver.mjs");

        Assert.Equal(
            ("SUCCESS", "SUCCESS", "SUCCESS"), ((string)told["created"]!, (string)told["param"]!, (string)told["dropped"]!));
        Assert.Equal("""["DOTS","SHOP-COUNTS","SHOP-WINDOWS","SOCKS"]""", told["tables"]!.ToJsonString());
        Assert.Equal("""["COUNTS","WINDOWS"]""", told["ofSchema"]!.ToJsonString());
        Assert.Equal(
            """[{"name":"ID","type":"STRING"},{"name":"SEEN","type":"BIGINT"}]""", told["schema"]!["SHOP"]!["COUNTS"]!.ToJsonString());
        Assert.Equal(
            ["ID text", "WINDOWSTART int", "WINDOWEND int", "SEEN bigint"],
            told["types"]!.AsArray().Select(column => $"{column!["name"]} {column["type"]}"));
        Assert.Equal("SHOP-COUNTS", (string)told["download"]![0]!);
        Assert.StartsWith("ksql API error for 'DROP STREAM SHOES;': statement:1:13: 'SHOES' does not exist", (string)told["refused"]!);
        Assert.Equal("""["DOTS","SHOP-WINDOWS","SOCKS"]""", told["left"]!.ToJsonString());
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

    /// <returns>What the script beside this file, which drives the server by an npm package, has printed.</returns>
    private static async Task<JsonNode> DriveAsync(RunningServer server, string package, string script)
    {
        _ = NpmPackages.Find(package);
        var path = Path.Combine(AppContext.BaseDirectory, "Ksql", script);
        return JsonNode.Parse(await RunAsync("node", path, Repository.PathOf(".build/npm/node_modules"), $"{server.Address.Port}"))!;
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
