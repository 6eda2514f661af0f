using System.Globalization;
using System.Text.Json;
using System.Text;
using SockSort.Log.Memory;
using SockSort.Log;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Queries;
using SockSort.Sorting.Sightings;
using SockSort.Sorting.Topics;
using SockSort.Sql.Engine.Results;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Engine;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sorting.Tests.Queries;

/// <summary>An engine that counts socks, moved on by the test itself.</summary>
internal sealed class SortingHost : IAsyncDisposable
{
    private readonly SqlSession _session = new();

    private SortingHost(ILog log, SqlEngine engine) => (Log, Engine) = (log, engine);

    public ILog Log { get; }

    public SqlEngine Engine { get; }

    /// <param name="log">Goes on where an earlier host has stopped; null for an empty one in memory.</param>
    /// <param name="time">The wall clock; null for none.</param>
    public static async Task<SortingHost> StartAsync(ILog? log = null, TimeProvider? time = null)
    {
        var topics = log ?? new MemoryLog();
        var options = new SqlEngineOptions
        {
            KeepsState = true,
            Clock = time is null ? SqlClock.Stream : SqlClock.Wall,
            Time = time ?? TimeProvider.System,
        };
        var host = new SortingHost(topics, new SqlEngine(topics, options));
        await SortingQueries.DeclareAsync(host.Engine, "data_mqtt");
        SortingQueries.Start(host.Engine);
        return host;
    }

    /// <summary>Frames of a camera come; their records have the time of the frames.</summary>
    public void Send(IEnumerable<LabelledFrame> frames, string camera = "kitchen")
    {
        _ = Log.Append("data_mqtt", [.. frames.Select(frame => RecordOf(frame, camera))]);
        Engine.RunUntilIdle();
    }

    /// <summary>Makes a correction and gives what became of it: "accepted", or why not.</summary>
    public async Task<string> CorrectAsync(Correction correction)
    {
        _ = await RunAsync(CorrectionSql.Insert(correction));
        Engine.RunUntilIdle();
        var rows = (RowsResult)await RunAsync(CorrectionSql.Result(correction.Id));
        return (string?)rows.Rows.Single()[1] ?? "accepted";
    }

    public async Task<StatementResult> RunAsync(string statement)
    {
        var parsed = SqlParser.Parse(new SourceText("test", statement), _session.Variables);
        return await Engine.ExecuteAsync(parsed[0], _session);
    }

    /// <summary>The ledger as a pull query gives it: "Google 2 seen, 1 pairs, 0 odd, wash 1, 2 in all".</summary>
    public async Task<List<string>> LedgerAsync()
    {
        var rows = (RowsResult)await RunAsync($"SELECT sock, seen, pairs, odd, wash, total_seen FROM {SortingNames.Ledger};");
        var lines = rows.Rows.Select(row => string.Create(
            CultureInfo.InvariantCulture, $"{row[0]} {row[1]} seen, {row[2]} pairs, {row[3]} odd, wash {row[4]}, {row[5]} in all"));
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>The records of a topic: "key value".</summary>
    public List<string> Records(string topic) => RecordsOf(Log, topic);

    public static List<string> RecordsOf(ILogReader log, string topic) =>
        [.. log.Batches(topic, 0, 0).SelectMany(records => records).Select(record => $"{Text(record.Key)} {Text(record.Value)}")];

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    public static NewRecord RecordOf(LabelledFrame frame, string camera)
    {
        var value = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object?>
        {
            ["image"] = frame.Label,
            ["probability"] = frame.Percent,
            ["camera"] = camera,
            ["ts"] = frame.AtMs,
            ["unknown"] = frame.Unknown,
            ["second"] = frame.Second,
            ["second_probability"] = frame.SecondPercent,
            ["run"] = frame.Run,
            ["seq"] = frame.Seq,
        });
        return new(Key: null, value, frame.AtMs);
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.UTF8.GetString(some.Span) : "gone";
}
