using System.Buffers.Binary;
using System.Text;
using SockSort.Log;

namespace SockSort.Bench.Sql;

/// <summary>A script, its input records, and the expected result.</summary>
public sealed class SqlJob
{
    /// <summary>The input and output topics of the sock query.</summary>
    public const string SockTopic = "data_mqtt";
    public const string SockSink = "SOCK_STREAM_SMOOTHED";
    private const long WindowMs = 5000;

    // The default grace period: 24 hours from the window's start.
    private const long KeptMs = 86_400_000;

    private const string Found =
        "CREATE STREAM sock_stream (image VARCHAR, probability DOUBLE) WITH (KAFKA_TOPIC = 'data_mqtt', VALUE_FORMAT = 'JSON');\n";

    /// <summary>The sock query: a filter, GROUP BY, a tumbling window of 5 s, HAVING.</summary>
    public const string SockScript = Found + """
        CREATE TABLE sock_stream_smoothed AS
          SELECT image, WINDOWSTART AS window_start, WINDOWEND AS window_end, COUNT(*) AS number_seen FROM sock_stream
          WINDOW TUMBLING (SIZE 5 SECONDS) WHERE image <> 'Blank' GROUP BY image HAVING COUNT(*) > 3 EMIT CHANGES;
        """;

    private SqlJob(string name, string script, PreparedTopics topics, int records, int keys) =>
        (Name, Script, Topics, Records, Keys) = (name, script, topics, records, keys);

    /// <summary>The job's name in the report.</summary>
    public string Name { get; }

    /// <summary>The number of records of the measured topic; the rate counts these.</summary>
    public int Records { get; }

    /// <summary>The number of keys, or of keys and windows, in the query's state at the end; 0 if memory is not measured.</summary>
    public int Keys { get; }

    /// <summary>The statements; the last one is the measured query.</summary>
    internal string Script { get; }

    internal PreparedTopics Topics { get; }

    /// <summary>The distinct pairs of label and window in the output; see <see cref="SqlJobRun"/>.</summary>
    public HashSet<(string Label, long Start)>? Pairs { get; private init; }

    public int ExpectedPairs { get; private init; }

    /// <summary>The records of the sock query: those that the Kafka Streams peer loads for the same seed.</summary>
    public static IEnumerable<NewRecord> Input(int records, long seed)
    {
        var source = new SockRecords(seed);
        for (var number = 0; number < records; number++)
            yield return source.Next().Record;
    }

    /// <summary>The label of an input record's value.</summary>
    internal static string LabelOf(ReadOnlySpan<byte> value)
    {
        const int Before = 10; // {"image":"
        return Encoding.UTF8.GetString(value[Before..(Before + value[Before..].IndexOf((byte)'"'))]);
    }

    /// <summary>The label and the window's start from a record's key.</summary>
    public static (string Label, long Start) PairOf(ReadOnlySpan<byte> key) =>
        (Encoding.UTF8.GetString(key[..^8]), BinaryPrimitives.ReadInt64BigEndian(key[^8..]));

    /// <summary>The name of what <see cref="Keys"/> counts.</summary>
    public string KeyName { get; private init; } = "key";

    /// <summary><see cref="SockScript"/> with records in memory.</summary>
    public static SqlJob Socks(int records, long seed, int partitions)
    {
        var topics = new PreparedTopics(partitions);
        var counts = Fill(topics, records, seed);
        var lastTimestampMs = SockRecords.FirstTimestampMs + ((records - 1) * SockRecords.StepMs);
        var pairs = new HashSet<(string, long)>();
        topics.OnAppend = append =>
        {
            foreach (var record in append.Records)
                _ = pairs.Add(PairOf(record.Key!.Value.Span));
        };
        return new(
            "tumbling window, 5 s", SockScript, topics, records,
            counts.Keys.Count(pair => pair.Window * WindowMs > lastTimestampMs - KeptMs))
        { Pairs = pairs, ExpectedPairs = counts.Values.Count(count => count > 3), KeyName = "key and window" };
    }

    /// <summary>The sock query, and another one on its topic.</summary>
    public static SqlJob TwoQueries(int records, long seed, int partitions)
    {
        var topics = new PreparedTopics(partitions);
        _ = Fill(topics, records, seed);
        return new("two queries on one topic", SockScript + """
            CREATE STREAM sure AS SELECT image, probability FROM sock_stream WHERE probability > 99.5 EMIT CHANGES;
            """, topics, records, 0);
    }

    public static SqlJob Sessions(int records, long seed, int partitions)
    {
        var topics = new PreparedTopics(partitions);
        _ = Fill(topics, records, seed);
        return new("session window, 2 s", Found + """
            CREATE TABLE seen AS SELECT image, COUNT(*) AS number_seen FROM sock_stream
              WINDOW SESSION (2 SECONDS) WHERE image <> 'Blank' GROUP BY image EMIT CHANGES;
            """, topics, records, 0);
    }

    /// <summary>Joins each record with its label's row of a table.</summary>
    public static SqlJob StreamTableJoin(int records, long seed, int partitions)
    {
        var topics = new PreparedTopics(partitions);
        _ = Fill(topics, records, seed);
        topics.Fill("owners", SockRecords.Labels.Select(label => new NewRecord(
            Encoding.UTF8.GetBytes(label), Encoding.UTF8.GetBytes($"{{\"OWNER\":\"owner of {label}\"}}"),
            SockRecords.FirstTimestampMs - 1)));
        return new("stream-table join", Found + """
            CREATE TABLE owners (image VARCHAR PRIMARY KEY, owner VARCHAR) WITH (KAFKA_TOPIC = 'owners', VALUE_FORMAT = 'JSON');
            CREATE STREAM owned AS SELECT s.image, s.probability, o.owner FROM sock_stream s
              JOIN owners o ON s.image = o.image EMIT CHANGES;
            """, topics, records, 0);
    }

    /// <summary>Every key once, then once more.</summary>
    public static SqlJob ManyKeys(int keys, int partitions)
    {
        var topics = new PreparedTopics(partitions);
        topics.Fill("visits", Enumerable.Range(0, 2 * keys).Select(i => new NewRecord(
            Key: null, Encoding.UTF8.GetBytes($"{{\"VISITOR\":\"visitor-{i % keys:0000000}\",\"SECONDS\":{i % 97}}}"),
            SockRecords.FirstTimestampMs + i)));
        return new($"GROUP BY of {keys:N0} keys".Replace(',', ' '), """
            CREATE STREAM visits (visitor VARCHAR, seconds INT) WITH (KAFKA_TOPIC = 'visits', VALUE_FORMAT = 'JSON');
            CREATE TABLE visitors AS SELECT visitor, COUNT(*) AS visits, SUM(seconds) AS seconds FROM visits GROUP BY visitor EMIT CHANGES;
            """, topics, 2 * keys, keys);
    }

    /// <summary>The count of each label in each window, for counts above three.</summary>
    public static Dictionary<(string Label, long Start), int> CountByFormula(int records, long seed) => Fill(topics: null, records, seed)
        .Where(count => count.Value > 3).ToDictionary(count => (count.Key.Label, count.Key.Window * WindowMs), count => count.Value);

    /// <summary>Fills the topic if one is given, and counts each label in each window directly from the formula.</summary>
    private static Dictionary<(string Label, long Window), int> Fill(PreparedTopics? topics, int records, long seed)
    {
        topics?.Fill(SockTopic, Input(records, seed));
        var source = new SockRecords(seed);
        var counts = new Dictionary<(string Label, long Window), int>();
        for (var i = 0; i < records; i++)
        {
            var (label, record) = source.Next();
            if (label == SockRecords.Blank)
                continue;
            var window = (label, record.TimestampMs!.Value / WindowMs);
            counts[window] = counts.GetValueOrDefault(window) + 1;
        }
        return counts;
    }
}
