using SockSort.Log;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>A topic of four partitions on Kafka, servers that share it, and what they have written.</summary>
/// <param name="records">How many the topic has in the end.</param>
internal sealed class SharedTopics(KafkaServer kafka, int records) : IAsyncDisposable
{
    public const int Partitions = 4;
    private const int BatchSize = 20;

    private readonly SharedQueries _queries = new(records);
    private readonly KafkaLog _log = KafkaLog.Open(KafkaAddress.Parse(kafka.Address + "?message.timeout.ms=1200000"));
    private readonly Dictionary<(string, int), long> _read = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Makes the topic, which the script only reads.</summary>
    public void CreateTopic() => _ = _log.Commit(new LogCommit { Topics = [new NewTopic(SharedQueries.Topic, Partitions)] });

    /// <summary>Appends some of the records, a few at a time, as they would come.</summary>
    public async Task ProduceAsync(int from, int to)
    {
        var placer = new RecordPlacer(_log);
        foreach (var numbers in Enumerable.Range(from, to - from).Chunk(BatchSize))
        {
            foreach (var append in placer.Place(SharedQueries.Topic, [.. numbers.Select(SharedQueries.Record)]))
                _ = await _log.AppendAsync(append.Topic, append.Records, append.Partition);
        }
    }

    /// <summary>Starts a server that shares the work with the others.</summary>
    public async Task<SocksortProcess> StartAsync(TempFolder folder, string name)
    {
        var script = folder.Write("queries.ksql", SharedQueries.Script);
        var server = SocksortProcess.Start(
        [
            "server", "--queries", script, "--listen", "http://127.0.0.1:0", "--connect-listen", "off", "--data", folder.File(name),
            "--log", kafka.Address, "--share", "pair",
        ]);
        _ = await server.LineAsync("listening on ");
        return server;
    }

    /// <summary>The number of committed records in a topic.</summary>
    public int CountOf(string topic)
    {
        try
        {
            for (var partition = 0; partition < Partitions; partition++)
            {
                while (_log.Read(topic, partition, _read.GetValueOrDefault((topic, partition))) is { Count: > 0 } found)
                {
                    _read[(topic, partition)] = found[^1].Offset + 1;
                    _counts[topic] = _counts.GetValueOrDefault(topic) + found.Count;
                }
            }
        }
        catch (LogException error) when (error.Kind is LogErrorKind.Unreachable or LogErrorKind.NotFound)
        {
            // The next look tells more.
        }
        return _counts.GetValueOrDefault(topic);
    }

    public Task CommittedAsync(string topic, int goal) =>
        Eventually.TrueAsync(() => CountOf(topic) >= goal, $"{goal} records of {topic} are committed", TimeSpan.FromMinutes(10));

    /// <summary>Waits until the queries are done with all records.</summary>
    public async Task AllCommittedAsync()
    {
        foreach (var (topic, rows) in _queries.Outputs)
            await CommittedAsync(topic, rows);
        await Eventually.TrueAsync(() => !_queries.PairMistakes(Written("PAIRS")).Any(), "the last rows of the pairs are committed");
    }

    /// <inheritdoc cref="SharedQueries.Mistakes"/>
    public IReadOnlyList<string> Mistakes() => _queries.Mistakes(Written);

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private IEnumerable<LogRecord> Written(string topic) =>
        Enumerable.Range(0, Partitions).SelectMany(partition => _log.Batches(topic, partition, 0)).SelectMany(batch => batch);
}
