using System.Text.Json;
using System.Text;
using SockSort.Log.Sqlite;
using SockSort.Log;
using SockSort.Sorting.Evaluation;
using SockSort.Sorting.Queries;
using SockSort.Sorting.Topics;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>
/// Who counts socks is killed with <c>kill -9</c> while it counts: each sighting is there once, and the ledger is the one that it would
/// have been.
/// </summary>
public sealed class KilledSortingTests
{
    private const string Topic = "data_mqtt";
    private const long StartMs = 1_700_000_000_000;
    private const long ApartMs = 600_000;

    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Kills = All ? 20 : 2;
    private static readonly int Scenarios = All ? 200 : 60;
    private const int CorrectedScenarios = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Counts all that is there, and is then told that there is no such sighting.
    private static readonly string[] Counting = ["sorting", "forget", "none"];

    [Fact]
    public async Task Killed_while_it_counts_it_tells_each_sighting_once_and_keeps_the_same_ledger()
    {
        using var folder = new TempFolder();
        var (whole, killed) = (folder.File("whole"), folder.File("killed"));
        var frames = Fill(whole);
        _ = Fill(killed);

        await CountToEndAsync(whole);
        for (var kill = 1; kill <= Kills; kill++)
            await KillAsync(killed, goal: (long)frames * (kill - 1) / (Kills + 1));
        await CountToEndAsync(killed);

        Assert.NotEmpty(Written(whole));
        Assert.Equal(Written(whole), Written(killed));
    }

    [Fact]
    public async Task Killed_while_it_corrects_the_ledger_has_each_correction_once()
    {
        using var folder = new TempFolder();
        var (whole, killed) = (folder.File("whole"), folder.File("killed"));
        _ = Fill(whole, CorrectedScenarios);
        _ = Fill(killed, CorrectedScenarios);
        await CountToEndAsync(whole);
        await CountToEndAsync(killed);
        var sightings = SightingsOf(whole).Take(Kills + 1).ToList();

        foreach (var sighting in sightings)
        {
            await CorrectAsync(whole, sighting);
            await KillWhenStoredAsync(killed, sighting);
        }
        await CountToEndAsync(killed);

        Assert.Equal(sightings.Count, sightings.Distinct().Count());
        Assert.Equal(await LedgerAsync(whole), await LedgerAsync(killed));
    }

    private static int Fill(string data) => Fill(data, Scenarios);

    private static int Fill(string data, int scenarios)
    {
        using var log = SqliteLog.Open(data);
        var options = new ScenarioOptions { WrongFrames = 0.1 };
        var frames = Enumerable.Range(0, scenarios)
            .SelectMany(number => ScenarioMaker.Make(options, number, StartMs + (number * ApartMs)).Frames)
            .ToList();
        foreach (var records in frames.Select(RecordOf).Chunk(2000))
            _ = log.Append(Topic, records);
        return frames.Count;
    }

    private static NewRecord RecordOf(Sorting.Sightings.LabelledFrame frame)
    {
        var message = new Dictionary<string, object?>
        {
            ["image"] = frame.Label,
            ["probability"] = frame.Percent,
            ["camera"] = "kitchen",
            ["ts"] = frame.AtMs,
            ["run"] = frame.Run,
            ["seq"] = frame.Seq,
        };
        return new(Key: null, JsonSerializer.SerializeToUtf8Bytes(message), frame.AtMs);
    }

    private static async Task KillAsync(string data, long goal)
    {
        await using var counting = SocksortProcess.Start([.. Counting, "--data", data]);
        await Eventually.TrueAsync(() => Committed(data) >= goal, $"{goal} frames are counted", Patience);
        await counting.KillAsync();
    }

    private static string[] Relabelling(string data, string sighting) => ["sorting", "correct", sighting, "Odd Stripes", "--data", data];

    private static async Task CorrectAsync(string data, string sighting)
    {
        var (code, output) = await SocksortProcess.RunAsync(Relabelling(data, sighting));
        Assert.True(code == 0, output);
    }

    /// <summary>Kills it when the correction is in the log, and the ledger may have taken it or not.</summary>
    private static async Task KillWhenStoredAsync(string data, string sighting)
    {
        var before = Corrections(data);
        await using var correcting = SocksortProcess.Start(Relabelling(data, sighting));
        await Eventually.TrueAsync(() => Corrections(data) > before, "the correction is in the log", Patience);
        await correcting.KillAsync();
    }

    private static long Corrections(string data)
    {
        using var reader = SqliteLogReader.Open(data);
        return reader.EndOffset(SortingNames.Corrections);
    }

    private static List<string> SightingsOf(string data)
    {
        using var reader = SqliteLogReader.Open(data);
        return
        [
            .. reader.Batches(SortingNames.Sightings, 0, 0).SelectMany(records => records).Select(record => Text(record.Key)).Distinct(),
        ];
    }

    private static async Task<string> LedgerAsync(string data)
    {
        var (code, output) = await SocksortProcess.RunAsync(["sorting", "ledger", "--data", data]);
        Assert.True(code == 0 && output.Contains("Odd Stripes", StringComparison.Ordinal), output);
        return output;
    }

    private static async Task CountToEndAsync(string data)
    {
        var (code, output) = await SocksortProcess.RunAsync([.. Counting, "--data", data]);
        Assert.True(code == 1 && output.Contains("there is no sighting 'none'", StringComparison.Ordinal), output);
    }

    private static long Committed(string data)
    {
        using var reader = SqliteLogReader.Open(data);
        return reader.CommittedOffset(SightingQuery.Id, Topic) ?? 0;
    }

    private static List<string> Written(string data)
    {
        using var reader = SqliteLogReader.Open(data);
        return
        [
            .. new[] { SortingNames.Sightings, SortingNames.Ledger, SortingNames.Pairs }.SelectMany(topic =>
                reader.Batches(topic, 0, 0).SelectMany(records => records).Select(record =>
                    $"{topic} {record.TimestampMs} {Text(record.Key)} => {Text(record.Value)}")),
        ];
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.UTF8.GetString(some.Span) : "gone";
}
