using SockSort.Bench.Sql;
using SockSort.Log;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Log.Memory;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>Queries over a topic of Kafka, run by <c>socksort server</c>, and what they are to give.</summary>
/// <param name="records">How many the topic has in the end: those of the peer's generator.</param>
/// <param name="queries">Each makes the topic that it is named after, and reads the one of the records; the sock query is first.</param>
internal sealed class QueriesOnKafka(KafkaServer kafka, int records, params string[] queries) : IAsyncDisposable
{
    // A broker that was killed takes a while to come back, the longer the busier the machine is. The records wait here.
    private const string Patient = "?message.timeout.ms=1200000";

    private const int BatchSize = 5;

    private readonly string _script = string.Join('\n', ["SET 'auto.offset.reset' = 'earliest';", SqlJob.SockScript, .. queries]);
    private readonly string[] _outputs = [SqlJob.SockSink, .. queries.Select(query => query.Split(' ')[2].ToUpperInvariant())];

    private readonly KafkaLog _log = KafkaLog.Open(KafkaAddress.Parse(kafka.Address + Patient));
    private readonly List<NewRecord> _records = [.. SqlJob.Input(records, seed: 7)];

    public int Records => records;

    /// <summary>Makes the topic, which the scripts only read.</summary>
    public void CreateTopic() => _log.EnsureTopic(SqlJob.SockTopic);

    /// <summary>Appends some of the records, a few at a time, as they would come.</summary>
    public async Task ProduceAsync(int from, int to)
    {
        foreach (var batch in _records[from..to].Chunk(BatchSize))
            _ = await _log.AppendAsync(SqlJob.SockTopic, batch);
    }

    public async Task<SocksortProcess> StartAsync(TempFolder folder)
    {
        var script = folder.Write("queries.ksql", _script);
        var server = SocksortProcess.Start(
        [
            "server", "--queries", script, "--listen", "http://127.0.0.1:0", "--connect-listen", "off", "--data", folder.File("data"),
            "--log", kafka.Address,
        ]);
        _ = await server.LineAsync("listening on ");
        return server;
    }

    /// <summary>The least that any query has committed; 0 before the first commit, and while no broker answers.</summary>
    public long Committed()
    {
        try
        {
            using var reader = _log.OpenReader();
            return _outputs.Index().Min(output => reader.CommittedOffset(QueryOf(output), SqlJob.SockTopic) ?? 0);
        }
        catch (LogException error) when (error.Kind is LogErrorKind.Unreachable or LogErrorKind.Storage)
        {
            return 0;
        }
    }

    public Task CommittedAsync(long goal) =>
        Eventually.TrueAsync(() => Committed() >= goal, $"{goal} records are committed", TimeSpan.FromMinutes(10));

    /// <summary>The timestamps of records that were produced and are not in the topic.</summary>
    public IEnumerable<long?> Missing() =>
        _records.Select(record => record.TimestampMs).Except(Read().Select(record => record.TimestampMs));

    /// <summary>All committed records of all output topics.</summary>
    public IReadOnlyList<string> Written() => [.. WrittenTo(_log)];

    /// <summary>What the embedded engine makes of the records of the topic with the same script.</summary>
    /// <remarks>Of the topic: the producer stores a batch twice, now and then, where its broker is killed.</remarks>
    public async Task<IReadOnlyList<string>> ExpectedAsync()
    {
        using var log = new MemoryLog();
        foreach (var batch in Read().Chunk(5000))
            _ = log.Append(SqlJob.SockTopic, batch);
        await using var engine = new SqlEngine(log, new() { Clock = SqlClock.Stream });
        var session = new SqlSession();
        foreach (var statement in SqlParser.Parse(new("queries.ksql", _script)))
            _ = await engine.ExecuteAsync(statement, session);
        engine.RunUntilIdle();
        return [.. WrittenTo(log)];
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private IEnumerable<string> WrittenTo(ILogReader log)
    {
        foreach (var topic in _outputs)
        {
            foreach (var record in log.Batches(topic, 0, 0).SelectMany(batch => batch))
                yield return $"{topic} {record.TimestampMs} {Text(record.Key)} => {Text(record.Value)}";
        }
    }

    private IEnumerable<NewRecord> Read() => _log.Batches(SqlJob.SockTopic, 0, 0).SelectMany(batch => batch)
        .Select(record => new NewRecord(record.Key, record.Value, record.TimestampMs));

    private string QueryOf((int Number, string Name) output)
    {
        var isStream = output.Number > 0 && queries[output.Number - 1].StartsWith("CREATE STREAM", StringComparison.Ordinal);
        return $"{(isStream ? "CSAS" : "CTAS")}_{output.Name}_{output.Number}";
    }

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Convert.ToHexString(some.Span) : "null";
}
