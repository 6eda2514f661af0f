using System.Text;
using System.Text.Json.Nodes;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>
/// The server is killed with <c>kill -9</c> while a sink writes: in the end each record stands in the file once, in its order.
/// </summary>
public sealed class KilledSinkTests(ITestOutputHelper output)
{
    private const string Create =
        "CREATE SINK CONNECTOR numbers WITH ('connector.class'='FileStreamSink', 'topics'='numbers', 'file'='numbers.jsonl');";

    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Kills = All ? 50 : 3;
    private static readonly int Records = All ? 1_000_000 : 60_000;

    [Fact]
    public async Task Killed_at_random_moments_it_writes_each_record_once()
    {
        using var folder = new TempFolder();
        var (data, file) = (folder.File("data"), folder.File("data/sinks/numbers.jsonl"));
        await FillAsync(data);
        var queries = folder.Write("sink.ksql", Create);
        var inTheMiddle = 0;

        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var server = Start(data, queries);
            var goal = ((long)Records * 6 * (kill - 1) + Random.Shared.Next(Records * 6)) / Kills;
            await Eventually.TrueAsync(
                () => LengthOf(file) >= Math.Min(goal, 5 * Records), "so many bytes are written", TimeSpan.FromMinutes(2));
            await server.KillAsync();
            inTheMiddle += LengthOf(file) < 6 * Records ? 1 : 0;
        }
        await using var last = Start(data, queries);
        using var reader = SqliteLogReader.Open(data);
        await Eventually.TrueAsync(
            () => reader.CommittedOffset("connect-NUMBERS", "numbers") == Records, "all are committed", TimeSpan.FromMinutes(2));

        Assert.Equal(Enumerable.Range(0, Records).Select(i => $"{i:00000}"), File.ReadLines(file).Select(line => line.Trim('"')));
        output.WriteLine($"{Kills} kills, {inTheMiddle} of them before the last record, {Records} records written once each");
    }

    [Fact]
    public async Task Statements_list_and_describe_it_as_a_sink_and_refuse_a_source_as_one()
    {
        await using var served = await ServedConnector.StartAsync();
        await served.StartServerAsync();

        _ = await served.KsqlAsync(Create);
        var listed = (await served.KsqlAsync("SHOW CONNECTORS;"))[0]!["connectors"]![0]!;
        var described = (await served.KsqlAsync("DESCRIBE CONNECTOR numbers;"))[0]!;
        var plugins = (JsonArray)(await served.KsqlAsync("SHOW CONNECTOR PLUGINS;"))[0]!["connectorsPlugins"]!;
        var refused = await served.RefusedAsync(served.Create().Replace("SOURCE", "SINK"));

        Assert.Equal(("NUMBERS", "sink"), ((string)listed["name"]!, (string)listed["type"]!));
        Assert.Equal("numbers", (string)Assert.Single(described["topics"]!.AsArray())!);
        Assert.Equal(["sink", "sink", "sink", "source"], plugins.Select(plugin => (string)plugin!["type"]!).Order());
        Assert.Contains("io.confluent.connect.mqtt.MqttSourceConnector is a source, no sink; write CREATE SOURCE CONNECTOR", refused);
    }

    private static SocksortProcess Start(string data, string queries) =>
        SocksortProcess.Start(["server", "--listen", "http://127.0.0.1:0", "--data", data, "--queries", queries]);

    private static long LengthOf(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    private static async Task FillAsync(string data)
    {
        await using var log = SqliteLog.Open(data);
        foreach (var chunk in Enumerable.Range(0, Records).Chunk(5000))
            _ = await log.AppendAsync("numbers", [.. chunk.Select(i => NewRecord.Of(i, null, Encoding.UTF8.GetBytes($"\"{i:00000}\"")))]);
    }
}
