using System.Text.Json;
using SockSort.Cli.Parts;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Host.Configuration.Settings;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Mqtt.Broker;
using SockSort.Server.Connectors;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Queries;
using SockSort.Sorting.Topics;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Run;

/// <summary>What a broker keeps of the pairs that were found.</summary>
public sealed class RetainedPairTests
{
    private const long StartMs = 1_700_000_000_000;
    private const int FramesPerSecond = 10;

    [Fact]
    public async Task The_broker_keeps_a_pair_until_a_correction_takes_it_back()
    {
        using var folder = new TempFolder();
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var log = new MemoryLog();
        await using var worker = new ConnectWorker(log, SecretsOf(broker, folder), broker);
        await using var engine = new SqlEngine(log, new SqlEngineOptions { Connectors = new WorkerConnectors(worker) });
        var counted = new SortingConfiguration { Topic = "data_mqtt", Mqtt = "home", Silence = TimeSpan.FromSeconds(10) };
        await SortingParts.DeclareAsync(engine, counted, TestContext.Current.CancellationToken);
        SortingParts.Start(engine, counted);
        engine.Start();
        await RunAsync(engine, StatementOf(SortingParts.Connectors(counted).Single(made => made.Name == "sorting-pairs")));

        _ = log.Append("data_mqtt", [.. Frames("Blank", "Google", "Google", "Blank", "Google", "Google", "Blank").Select(RecordOf)]);
        await Eventually.TrueAsync(() => broker.Counts.Retained == 1, "the pair is kept");
        var second = SightingHistory.Read(log)[^1].Id;
        await RunAsync(engine, CorrectionSql.Insert(Correction.New(CorrectionKind.Forget) with { Sighting = second }));
        await Eventually.TrueAsync(() => broker.Counts.Retained == 0, "it is kept no longer");
    }

    private static Secrets SecretsOf(EmbeddedBroker broker, TempFolder folder)
    {
        var (endpoint, file) = (broker.Endpoint, folder.File("scripts/credentials.properties"));
        _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(
            file, $"MQTT_URI=mqtt://{endpoint.Host}:{endpoint.Port}\nMQTT_USERNAME={endpoint.User}\nMQTT_PASSWORD={endpoint.Password}\n");
        return new Secrets(folder.Path);
    }

    private static string StatementOf(ConnectorConfiguration connector)
    {
        var settings = connector.Settings.Select(setting => $"'{setting.Key}'={SqlPrinter.Quote(setting.Value)}");
        return $"CREATE SINK CONNECTOR `{connector.Name}` WITH ({string.Join(", ", settings)});";
    }

    private static async Task RunAsync(SqlEngine engine, string statement)
    {
        foreach (var parsed in SqlParser.Parse(new SourceText("test", statement)))
            _ = await engine.ExecuteAsync(parsed, new SqlSession(), TestContext.Current.CancellationToken);
    }

    /// <summary>Labels by time, a second each.</summary>
    private static IEnumerable<(string Label, long AtMs)> Frames(params string[] labels) => labels
        .SelectMany(label => Enumerable.Repeat(label, FramesPerSecond))
        .Select((label, frame) => (label, StartMs + frame * 1000L / FramesPerSecond));

    private static NewRecord RecordOf((string Label, long AtMs) frame)
    {
        var message = new { image = frame.Label, probability = 95.0, camera = "kitchen", ts = frame.AtMs };
        return new(Key: null, JsonSerializer.SerializeToUtf8Bytes(message), frame.AtMs);
    }
}
