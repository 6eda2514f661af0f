using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SockSort.Log;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>Records in a topic of four partitions, queries of servers that share them, and what these are to write.</summary>
/// <param name="records">How many the topic has in the end.</param>
internal sealed class SharedTopics(KafkaServer kafka, int records) : IAsyncDisposable
{
    public const int Partitions = 4;
    private const string Topic = "seen";
    private const int Ids = 37;
    private const int Kinds = 5;
    private const int BatchSize = 20;
    private const long StartMs = 1_700_000_000_000;
    private const int WindowMs = 1000;

    private const string Script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM seen (id VARCHAR KEY, kind VARCHAR, n BIGINT) WITH (KAFKA_TOPIC = 'seen', VALUE_FORMAT = 'JSON');
        CREATE TABLE totals AS SELECT id, COUNT(*) AS c, SUM(n) AS total FROM seen GROUP BY id EMIT CHANGES;
        CREATE TABLE kinds AS SELECT kind, COUNT(*) AS c FROM seen GROUP BY kind EMIT CHANGES;
        CREATE TABLE heaps AS SELECT id, COUNT(*) AS c FROM seen WINDOW TUMBLING (SIZE 1 SECONDS) GROUP BY id EMIT CHANGES;
        CREATE STREAM odd AS SELECT id, n FROM seen WHERE n % 2 = 1 EMIT CHANGES;
        """;

    private readonly KafkaLog _log = KafkaLog.Open(KafkaAddress.Parse(kafka.Address + "?message.timeout.ms=1200000"));
    private readonly Dictionary<(string, int), long> _read = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Makes the topic, which the script only reads.</summary>
    public void CreateTopic() => _ = _log.Commit(new LogCommit { Topics = [new NewTopic(Topic, Partitions)] });

    /// <summary>Appends some of the records, a few at a time, as they would come.</summary>
    public async Task ProduceAsync(int from, int to)
    {
        var placer = new RecordPlacer(_log);
        foreach (var numbers in Enumerable.Range(from, to - from).Chunk(BatchSize))
        {
            foreach (var append in placer.Place(Topic, [.. numbers.Select(Record)]))
                _ = await _log.AppendAsync(append.Topic, append.Records, append.Partition);
        }
    }

    /// <summary>Starts a server that shares the work with the others.</summary>
    public async Task<SocksortProcess> StartAsync(TempFolder folder, string name)
    {
        var script = folder.Write("queries.ksql", Script);
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

    /// <summary>What is wrong with the committed records of all output topics; empty where all is as of one uninterrupted run.</summary>
    public IReadOnlyList<string> Mistakes() =>
    [
        .. Differences("TOTALS", Expected(number => $"id-{number % Ids}", (key, numbers) =>
            numbers.Select((_, i) => $"{key} {i + 1} {numbers.Take(i + 1).Sum(number => (long)number)}"))),
        .. Differences("KINDS", Expected(KindOf, (key, numbers) => numbers.Select((_, i) => $"{key} {i + 1}"))),
        .. Differences("HEAPS", Expected(
            number => $"id-{number % Ids}@{StartMs + (number / WindowMs * WindowMs)}",
            (key, numbers) => numbers.Select((_, i) => $"{key} {i + 1}"))),
        .. Differences("ODD", Expected(number => $"id-{number % Ids}", (key, numbers) =>
            numbers.Where(number => number % 2 == 1).Select(number => $"{key} {number}"))),
    ];

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static string KindOf(int number) => $"kind-{number * 7 % 31 % Kinds}";

    private static NewRecord Record(int number) => NewRecord.Of(
        StartMs + number, Encoding.UTF8.GetBytes($"id-{number % Ids}"),
        Encoding.UTF8.GetBytes($$"""{"KIND": "{{KindOf(number)}}", "N": {{number}}}"""));

    private Dictionary<string, List<string>> Expected(Func<int, string> keyOf, Func<string, int[], IEnumerable<string>> rows) =>
        Enumerable.Range(0, records).GroupBy(keyOf).ToDictionary(group => group.Key, group => rows(group.Key, [.. group]).ToList());

    /// <summary>Compares the rows of each key in their order; keys of different partitions have none among each other.</summary>
    private IEnumerable<string> Differences(string topic, Dictionary<string, List<string>> expected)
    {
        var written = Enumerable.Range(0, Partitions).SelectMany(partition => _log.Batches(topic, partition, 0)).SelectMany(batch => batch)
            .Select(record => Text(record, isWindowed: topic == "HEAPS")).GroupBy(text => text.Split(' ')[0])
            .ToDictionary(group => group.Key, group => group.ToList());
        foreach (var key in expected.Keys.Union(written.Keys))
        {
            var (wanted, given) = (expected.GetValueOrDefault(key, []), written.GetValueOrDefault(key, []));
            if (wanted.SequenceEqual(given))
                continue;
            var first = wanted.Zip(given).TakeWhile(pair => pair.First == pair.Second).Count();
            var (there, instead) = (wanted.ElementAtOrDefault(first), given.ElementAtOrDefault(first));
            yield return $"{topic}, {key}: {given.Count} rows of {wanted.Count}; row {first} is '{instead}', not '{there}'";
        }
    }

    private static string Text(LogRecord record, bool isWindowed)
    {
        using var value = JsonDocument.Parse(record.Value!.Value);
        var numbers = value.RootElement.EnumerateObject().Select(field => field.Value.GetInt64().ToString(CultureInfo.InvariantCulture));
        var key = record.Key!.Value.Span;
        return string.Join(' ', numbers.Prepend(isWindowed ? WindowedKey(key) : Encoding.UTF8.GetString(key)));
    }

    /// <summary>The start of the window is the last eight bytes, as Kafka Streams writes it.</summary>
    private static string WindowedKey(ReadOnlySpan<byte> key) =>
        $"{Encoding.UTF8.GetString(key[..^sizeof(long)])}@{BinaryPrimitives.ReadInt64BigEndian(key[^sizeof(long)..])}";
}
