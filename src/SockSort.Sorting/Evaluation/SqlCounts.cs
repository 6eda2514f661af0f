using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sorting.Sightings;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sorting.Evaluation;

/// <summary>Counts the socks of scenarios by SQL, in the engine that runs everybody's SQL.</summary>
/// <remarks>The scenarios lie in one topic, hours apart: no window reaches from one into another.</remarks>
public static class SqlCounts
{
    /// <summary>The topic of the frames.</summary>
    internal const string FramesTopic = "data_mqtt";

    /// <summary>The table whose rows are socks.</summary>
    internal const string Table = "sock_stream_smoothed";

    private const int BatchRecords = 5000;

    /// <returns>The socks of each scenario, in the order in which they were told.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<Count>>> OfAsync(
        SqlMethod method, IReadOnlyList<Scenario> scenarios, CancellationToken cancellation)
    {
        var log = new MemoryLog();
        foreach (var records in scenarios.SelectMany(scenario => scenario.Frames).Select(RecordOf).Chunk(BatchRecords))
            _ = log.Append(FramesTopic, records);
        await using var engine = new SqlEngine(log, new SqlEngineOptions { Clock = SqlClock.Stream });
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new SourceText(method.Name, method.Script), session.Variables))
            _ = await engine.ExecuteAsync(statement, session, cancellation);
        engine.RunUntilIdle();
        var socks = SocksOf(log, method.KeyTailBytes);
        return [.. scenarios.Select(scenario => CountsOf(scenario, socks))];
    }

    private static NewRecord RecordOf(LabelledFrame frame)
    {
        var value = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["image"] = frame.Label,
            ["probability"] = frame.Percent,
        });
        return new(Key: null, value, frame.AtMs);
    }

    /// <summary>The windows that are left in the end, each with the moment at which it was first told.</summary>
    private static List<Count> SocksOf(MemoryLog log, int keyTailBytes)
    {
        var told = new Dictionary<(string Sock, long Start), (long ToldAtMs, bool IsThere)>();
        foreach (var record in log.Batches(Table.ToUpperInvariant(), partition: 0, from: 0).SelectMany(records => records))
        {
            var key = record.Key!.Value.Span;
            var window = (Encoding.UTF8.GetString(key[..^keyTailBytes]), BinaryPrimitives.ReadInt64BigEndian(key[^8..]));
            // A session that grows is taken back, and told again with its new end.
            var toldAtMs = told.TryGetValue(window, out var known) ? known.ToldAtMs : record.TimestampMs;
            told[window] = (toldAtMs, record.Value is not null);
        }
        var socks = told.Where(window => window.Value.IsThere).Select(window => new Count(window.Key.Sock, window.Value.ToldAtMs));
        return [.. socks.OrderBy(count => count.ToldAtMs)];
    }

    private static List<Count> CountsOf(Scenario scenario, List<Count> socks)
    {
        var (from, to) = (scenario.Frames[0].AtMs, scenario.Frames.Max(frame => frame.AtMs));
        return [.. socks.Where(count => count.ToldAtMs >= from && count.ToldAtMs <= to)];
    }
}
