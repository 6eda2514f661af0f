using System.Text.Json.Nodes;
using SockSort.Edge.Tests.Loop;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Run;

/// <summary><c>socksort run</c> with a real Kafka as its log: the whole way from the camera to the rows.</summary>
public sealed class RunOnKafkaTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public RunOnKafkaTests()
    {
        ColourModel.Package().Write(_folder.File("model.tar.gz"));
        _ = _folder.Write("queries.ksql", $"""
            SET 'auto.offset.reset' = 'earliest';
            {SockScripts.Connector("found")}
            CREATE STREAM found (image STRING, camera STRING) WITH (KAFKA_TOPIC='found', VALUE_FORMAT='JSON', PARTITIONS=1);
            CREATE TABLE heaps AS SELECT camera, COUNT(*) AS n FROM found GROUP BY camera EMIT CHANGES;
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Messages_of_a_camera_are_in_the_topic_and_counted_and_the_next_run_counts_on()
    {
        await using var kafka = await KafkaServer.StartAsync();
        var file = Configuration($"address: kafka://{kafka.Bootstrap}");
        var counted = 0L;
        for (var start = 1; start <= 2; start++)
        {
            await using var run = SocksortProcess.Start(["run", "--config", file], environment: Own);
            var sql = (await run.LineAsync(@"^SQL +(http://\S+)$")).Groups[1].Value;
            using var client = new HttpClient { BaseAddress = new Uri(sql) };
            var least = counted + 20;
            await Eventually.TrueAsync(
                async () => (counted = await CountedRows.InHeapsAsync(client)) >= least, $"{least} frames are counted",
                TimeSpan.FromMinutes(5));
            run.Terminate();
            Assert.True(await run.EndAsync() == 0, run.Output);
            Assert.DoesNotContain(" error ", run.Output);
        }

        using var log = KafkaLogReader.Open(KafkaAddress.Parse(kafka.Address));
        var messages = log.Read("found", 0, 0, maxRecords: (int)counted + 1000);
        var sightings = await CliRun.InvokeAsync("sorting", "sightings", "--log", kafka.Address);

        Assert.InRange(messages.Count, counted, long.MaxValue);
        Assert.All(messages, message => Assert.Equal("left", (string?)JsonNode.Parse(message.Value!.Value.Span)!["camera"]));
        Assert.Equal(0, sightings.ExitCode);
        Assert.NotNull(log.FindTopic("HEAPS"));
        Assert.NotNull(log.FindTopic("sock_ledger"));
        Assert.False(File.Exists(_folder.File("data/log.db")), "there is no log in the folder");
    }

    [Fact]
    public async Task The_option_goes_before_the_file_and_a_broker_that_is_not_there_is_named()
    {
        var port = FreePort.Next();
        var file = Configuration("address: sqlite");

        var (exitCode, output) = await SocksortProcess.RunAsync(["run", "--config", file, "--log", $"kafka://127.0.0.1:{port}"]);

        Assert.Equal(2, exitCode);
        Assert.Contains($"log.address: kafka://127.0.0.1:{port} can't be used (", output);
        Assert.Contains("Connection refused); check the address, and whether the broker runs", output);
    }

    [Fact]
    public async Task The_properties_file_of_the_address_is_looked_for_beside_the_configuration_and_checked()
    {
        var file = Configuration("address: kafka://127.0.0.1?properties=kafka.properties");

        var absent = await CliRun.InvokeAsync("check", file);
        _ = _folder.Write("kafka.properties", "security.protocol\n");
        var wrong = await CliRun.InvokeAsync("check", file);

        var properties = _folder.File("kafka.properties");
        Assert.StartsWith(
            $"{file}:2:16: log.address: properties file {properties} of the address of Kafka does not exist\n", absent.Error);
        Assert.StartsWith($"{file}:2:16: log.address: {properties}:1: expected KEY=VALUE or a comment after '#'\n", wrong.Error);
    }

    private Dictionary<string, string> Own => new() { ["XDG_DATA_HOME"] = _folder.Path };

    private string Configuration(string log) => _folder.Write("run.yaml", $$"""
        data: data
        log: {{{log}}}
        model: model.tar.gz
        queries: queries.ksql
        broker: {listen: 127.0.0.1:0}
        listen: {sql: http://127.0.0.1:0, connect: http://127.0.0.1:0, view: https://127.0.0.1:0}
        cameras: [{source: synthetic:1, name: left, fps: 10}]

        """);
}
