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

    private static int Fill(string data)
    {
        using var log = SqliteLog.Open(data);
        var options = new ScenarioOptions { WrongFrames = 0.1 };
        var frames = Enumerable.Range(0, Scenarios)
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
