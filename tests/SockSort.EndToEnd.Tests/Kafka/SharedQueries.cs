using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SockSort.Log;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>Records, the queries over them that servers share (those of the sock script among them), and what these are to write.</summary>
internal sealed class SharedQueries
{
    public const string Topic = "seen";

    public const string Script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM seen (id VARCHAR KEY, kind VARCHAR, n BIGINT) WITH (KAFKA_TOPIC = 'seen', VALUE_FORMAT = 'JSON');
        CREATE TABLE totals AS SELECT id, COUNT(*) AS c, SUM(n) AS total FROM seen GROUP BY id EMIT CHANGES;
        CREATE TABLE kinds AS SELECT kind, COUNT(*) AS c FROM seen GROUP BY kind EMIT CHANGES;
        CREATE TABLE heaps AS SELECT id, COUNT(*) AS c FROM seen WINDOW TUMBLING (SIZE 1 SECONDS) GROUP BY id EMIT CHANGES;
        CREATE STREAM odd AS SELECT id, n FROM seen WHERE n % 2 = 1 EMIT CHANGES;
        CREATE TABLE smoothed AS SELECT kind, COUNT(*) AS c FROM seen
          WINDOW TUMBLING (SIZE 1 SECONDS) WHERE kind != 'kind-0' GROUP BY kind HAVING COUNT(*) > 3 EMIT CHANGES;
        CREATE TABLE pairs AS SELECT kind, COUNT(*) AS c, CASE WHEN (COUNT(*) / 2) * 2 = COUNT(*) THEN 1 ELSE 0 END AS is_pair
          FROM smoothed GROUP BY kind EMIT CHANGES;
        """;

    private const int Ids = 37;
    private const int Kinds = 5;
    private const long StartMs = 1_700_000_000_000;
    private const int WindowMs = 1000;

    // By topic and key, the rows in their order.
    private readonly Dictionary<string, Dictionary<string, List<string>>> _expected;

    // Two servers may change one row of a table at once: what comes between differs, the last row does not.
    private readonly List<string> _pairs;

    /// <param name="records">How many records there are in the end.</param>
    public SharedQueries(int records)
    {
        var numbers = Enumerable.Range(0, records).ToList();
        var smoothed = Rows(numbers.Where(number => KindOf(number) != "kind-0"), number => WindowOf(number, KindOf), Counts);
        foreach (var rows in smoothed.Values)
            rows.RemoveRange(0, Math.Min(3, rows.Count));
        _expected = new()
        {
            ["TOTALS"] = Rows(
                numbers, IdOf, (key, of) => of.Select((_, i) => $"{key} {i + 1} {of.Take(i + 1).Sum(number => (long)number)}")),
            ["KINDS"] = Rows(numbers, KindOf, Counts),
            ["HEAPS"] = Rows(numbers, number => WindowOf(number, IdOf), Counts),
            ["ODD"] = Rows(numbers.Where(number => number % 2 == 1), IdOf, (key, of) => of.Select(number => $"{key} {number}")),
            ["SMOOTHED"] = smoothed,
        };
        _pairs =
        [
            .. smoothed.Where(window => window.Value.Count > 0).GroupBy(window => window.Key.Split('@')[0], window => window.Value.Count)
                .Select(kind => $"{kind.Key} {kind.Count()} {1 - (kind.Count() % 2)}").Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Each output topic whose rows are known, with their number.</summary>
    public IEnumerable<(string Topic, int Rows)> Outputs =>
        _expected.Select(topic => (topic.Key, topic.Value.Values.Sum(rows => rows.Count)));

    public static NewRecord Record(int number) => NewRecord.Of(
        StartMs + number, Encoding.UTF8.GetBytes(IdOf(number)),
        Encoding.UTF8.GetBytes($$"""{"KIND": "{{KindOf(number)}}", "N": {{number}}}"""));

    /// <summary>What is wrong with the committed records of the output topics; empty where all is as of one uninterrupted run.</summary>
    /// <param name="written">The records of a topic, partition by partition.</param>
    public IReadOnlyList<string> Mistakes(Func<string, IEnumerable<LogRecord>> written) =>
    [
        .. _expected.SelectMany(topic => Differences(topic.Key, topic.Value, written(topic.Key))), .. PairMistakes(written("PAIRS")),
    ];

    /// <summary>Whether the table of pairs is as it is to be in the end.</summary>
    public IEnumerable<string> PairMistakes(IEnumerable<LogRecord> written)
    {
        var given = written.Select(record => TextOf(record, "PAIRS")).GroupBy(text => text.Split(' ')[0])
            .Select(rows => rows.Last()).Order(StringComparer.Ordinal).ToList();
        if (!given.SequenceEqual(_pairs))
            yield return $"PAIRS: {string.Join(", ", given)}, not {string.Join(", ", _pairs)}";
    }

    private static string IdOf(int number) => $"id-{number % Ids}";

    private static string KindOf(int number) => $"kind-{number * 7 % 31 % Kinds}";

    private static string WindowOf(int number, Func<int, string> keyOf) => $"{keyOf(number)}@{StartMs + (number / WindowMs * WindowMs)}";

    private static IEnumerable<string> Counts(string key, int[] numbers) => numbers.Select((_, i) => $"{key} {i + 1}");

    private static Dictionary<string, List<string>> Rows(
        IEnumerable<int> numbers, Func<int, string> keyOf, Func<string, int[], IEnumerable<string>> rows) =>
        numbers.GroupBy(keyOf).ToDictionary(group => group.Key, group => rows(group.Key, [.. group]).ToList());

    /// <summary>Compares the rows of each key in their order; keys of different partitions have none among each other.</summary>
    private static IEnumerable<string> Differences(string topic, Dictionary<string, List<string>> expected, IEnumerable<LogRecord> records)
    {
        var written = records.Select(record => TextOf(record, topic)).GroupBy(text => text.Split(' ')[0])
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

    private static string TextOf(LogRecord record, string topic)
    {
        using var value = JsonDocument.Parse(record.Value!.Value);
        var numbers = value.RootElement.EnumerateObject().Select(field => field.Value.GetInt64().ToString(CultureInfo.InvariantCulture));
        var key = record.Key!.Value.Span;
        return string.Join(' ', numbers.Prepend(topic is "HEAPS" or "SMOOTHED" ? WindowedKey(key) : Encoding.UTF8.GetString(key)));
    }

    /// <summary>The start of the window is the last eight bytes, as Kafka Streams writes it.</summary>
    private static string WindowedKey(ReadOnlySpan<byte> key) =>
        $"{Encoding.UTF8.GetString(key[..^sizeof(long)])}@{BinaryPrimitives.ReadInt64BigEndian(key[^sizeof(long)..])}";
}
