using System.Text;
using System.Text.Json.Nodes;
using SockSort.Bench.Sql;
using SockSort.Log;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>Translated scripts on Flink itself, with its SQL Gateway and a Kafka; skipped where the kit is absent.</summary>
/// <remarks>Those that start servers of the kit run one after the other.</remarks>
[Collection("servers of the kit")]
public sealed class RealFlinkTests(RealFlink flink)
{
    private const string Script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM socks (id STRING KEY, image STRING, probability DOUBLE, shelf INT)
          WITH (kafka_topic='socks', value_format='json', partitions=1);
        CREATE STREAM sure WITH (kafka_topic='OUT.sure') AS
          SELECT id, image, probability * 2 AS twice, shelf / 2 AS half, UCASE(image) AS big, IFNULL(shelf, -1) AS place,
            CASE WHEN probability > 95 THEN 'sure' WHEN shelf IS NULL THEN NULL ELSE 'likely' END AS how
          FROM socks WHERE NOT (image = 'Blank') AND (probability >= 50 OR shelf IN (1, 2)) EMIT CHANGES;
        CREATE TABLE heaps WITH (kafka_topic='OUT.heaps') AS
          SELECT image, TIMESTAMPTOSTRING(WINDOWSTART, 'HH:mm:ss') AS last_seen, WINDOWSTART AS since, WINDOWEND AS until,
            COUNT(*) AS n, COUNT(shelf) AS shelved, SUM(shelf) AS shelves, MAX(probability) AS best, MIN(probability) AS worst
          FROM socks WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 2 SECONDS) WHERE image != 'Blank'
          GROUP BY image HAVING COUNT(*) > 1 EMIT FINAL;
        CREATE TABLE hops WITH (kafka_topic='OUT.hops') AS
          SELECT image, COUNT(*) * 10 + 1 AS n, SUM(shelf) AS s, AVG(shelf) AS mean FROM socks
          WINDOW HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS, GRACE PERIOD 2 SECONDS) GROUP BY image EMIT FINAL;
        CREATE TABLE sums WITH (kafka_topic='OUT.sums') AS
          SELECT image, SUM(probability) AS s, AVG(probability) AS mean, AVG(shelf) AS place FROM socks
          WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 1 SECOND) GROUP BY image EMIT FINAL;
        CREATE TABLE shelves WITH (kafka_topic='OUT.shelves') AS
          SELECT shelf, COUNT(*) AS n FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY shelf EMIT FINAL;
        CREATE TABLE wides WITH (kafka_topic='OUT.wides') AS
          SELECT CAST(shelf AS BIGINT) AS wide, COUNT(*) AS n FROM socks
          WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY CAST(shelf AS BIGINT) EMIT FINAL;
        CREATE TABLE places WITH (kafka_topic='OUT.places', key_format='json') AS
          SELECT image, shelf, COUNT(*) AS n FROM socks WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 2 SECONDS)
          GROUP BY image, shelf EMIT FINAL;
        CREATE TABLE showings WITH (kafka_topic='OUT.showings') AS
          SELECT image, WINDOWSTART AS since, WINDOWEND AS until, COUNT(*) AS n, MAX(probability) AS best FROM socks
          WINDOW SESSION (1500 MILLISECONDS, GRACE PERIOD 1 SECOND) WHERE image != 'Blank' GROUP BY image EMIT FINAL;
        CREATE STREAM sorted WITH (kafka_topic='OUT.sorted') AS
          SELECT image, shelf, probability FROM socks WHERE shelf > 0 PARTITION BY image EMIT CHANGES;
        INSERT INTO sorted SELECT image, shelf, probability FROM socks WHERE shelf < 0 PARTITION BY image EMIT CHANGES;
        """;

    /// <summary>The sock script with EMIT FINAL, and ten queries over the same stream or over one that another makes.</summary>
    private const string Compared = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM sock_stream (image VARCHAR, probability DOUBLE) WITH (kafka_topic='data_mqtt', value_format='json', partitions=1);
        CREATE TABLE sock_stream_smoothed WITH (kafka_topic='OUT.smoothed') AS
          SELECT image, WINDOWSTART AS window_start, WINDOWEND AS window_end, COUNT(*) AS number_seen FROM sock_stream
          WINDOW TUMBLING (SIZE 5 SECONDS) WHERE image <> 'Blank' GROUP BY image HAVING COUNT(*) > 3 EMIT FINAL;
        CREATE TABLE c_hops WITH (kafka_topic='OUT.hops') AS SELECT image, COUNT(*) AS n FROM sock_stream
          WINDOW HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS) GROUP BY image EMIT FINAL;
        CREATE TABLE c_showings WITH (kafka_topic='OUT.showings') AS
          SELECT image, WINDOWSTART AS since, WINDOWEND AS until, COUNT(*) AS n FROM sock_stream
          WINDOW SESSION (1 SECONDS) WHERE image <> 'Blank' GROUP BY image EMIT FINAL;
        CREATE TABLE c_hours WITH (kafka_topic='OUT.hours') AS SELECT image, COUNT(*) AS n FROM sock_stream
          WINDOW TUMBLING (SIZE 10 MINUTES, GRACE PERIOD 1 HOURS) GROUP BY image EMIT FINAL;
        CREATE TABLE c_totals WITH (kafka_topic='OUT.totals') AS
          SELECT image, COUNT(*) AS n, SUM(probability) AS s, AVG(probability) AS a, MIN(probability) AS low, MAX(probability) AS high
          FROM sock_stream WINDOW TUMBLING (SIZE 1 MINUTE) GROUP BY image EMIT FINAL;
        CREATE TABLE c_sureness WITH (kafka_topic='OUT.sureness') AS
          SELECT CASE WHEN probability > 90 THEN 'sure' ELSE 'unsure' END AS word, COUNT(*) AS n, MAX(probability) AS best FROM sock_stream
          WINDOW TUMBLING (SIZE 30 SECONDS) GROUP BY CASE WHEN probability > 90 THEN 'sure' ELSE 'unsure' END EMIT FINAL;
        CREATE TABLE c_pairs WITH (kafka_topic='OUT.pairs', key_format='json') AS
          SELECT image, CASE WHEN probability > 90 THEN 1 ELSE 0 END AS is_sure, COUNT(*) AS n FROM sock_stream
          WINDOW TUMBLING (SIZE 20 SECONDS) GROUP BY image, CASE WHEN probability > 90 THEN 1 ELSE 0 END EMIT FINAL;
        CREATE STREAM c_doubtful WITH (kafka_topic='OUT.doubtful') AS
          SELECT image, probability FROM sock_stream WHERE probability < 60 EMIT CHANGES;
        CREATE TABLE c_doubts WITH (kafka_topic='OUT.doubts') AS SELECT image, COUNT(*) AS n, MIN(probability) AS low FROM c_doubtful
          WINDOW TUMBLING (SIZE 1 MINUTE) GROUP BY image EMIT FINAL;
        CREATE STREAM c_named WITH (kafka_topic='OUT.named') AS
          SELECT CASE WHEN probability > 90 THEN 'sure' ELSE 'unsure' END AS word, UCASE(image) AS name FROM sock_stream EMIT CHANGES;
        CREATE STREAM c_keyed WITH (kafka_topic='OUT.keyed') AS
          SELECT image, probability FROM sock_stream PARTITION BY image EMIT CHANGES;
        """;

    private static readonly int Generated = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all" ? 200_000 : 10_000;

    /// <summary>Time, key, label, probability and shelf.</summary>
    private static readonly (long Time, string? Id, string? Image, double? Probability, int? Shelf)[] Found =
    [
        (1_764_513_120_000, "a", "Google", 97.5, 1), (1_764_513_121_000, "b", "Google", 55.25, null),
        (1_764_513_121_500, "c", "Blank", 99, 7),
        (1_764_513_123_000, null, "Mongo", 12.5, 2), (1_764_513_124_999, "d", "Mongo", null, 5), (1_764_513_125_000, "e", null, 80, 3),
        // Late, and within the grace; then a window's end and its grace to the millisecond; then too late.
        (1_764_513_123_500, "f", "Google", 60, 4), (1_764_513_126_999, "g", "Kafka", 50, null), (1_764_513_124_000, "h", "Google", 70, -3),
        (1_764_513_127_000, "i", "Kafka", 49.5, 9), (1_764_513_124_500, "j", "Google", 71, 1), (1_764_513_130_000, "k", "Grün", 100, 2),
        (1_764_513_131_000, "l", "Grün", 90, 0), (1_764_513_132_000, "y", "End", 100, 1), (1_764_513_137_000, "z", "End", 100, 1),
    ];

    [Fact]
    public async Task Each_row_of_the_table_of_what_translates_gives_the_same_records_as_the_engine()
    {
        await flink.StartAsync();
        var records = new Dictionary<string, IReadOnlyList<NewRecord>> { ["socks"] = [.. Found.Select(Record)] };
        var ways = new ThreeWays(flink, "rows", Script, records);

        var (embedded, onKafka, onFlink) = await ways.RunAsync();

        Assert.All(embedded.ByTopic, topic => Assert.NotEmpty(topic.Value));
        Assert.Equal(12, embedded.ByTopic["sure"].Count);
        Assert.Equal(embedded.All, onKafka.All);
        Assert.Equal(embedded.All, onFlink.All);
    }

    [Fact]
    public async Task The_socks_table_and_those_of_ten_further_queries_are_the_same_row_by_row()
    {
        await flink.StartAsync();
        var source = new SockRecords(seed: 7);
        var found = Enumerable.Range(0, Generated).Select(_ => source.Next().Record)
            .Select(record => new NewRecord(record.Key, record.Value, record.TimestampMs)).ToList();
        // What closes the windows that are open at the end: of a label that no query leaves out, for longer than the longest window and its
        // grace, and never so far ahead that ksqlDB would forget a window before it has closed.
        var last = Enumerable.Range(1, 1000).Select(number => NewRecord.Of(
            found[^1].TimestampMs!.Value + (number * 5000), null, """{"image":"End","probability":55.00}"""u8.ToArray()));
        var records = new Dictionary<string, IReadOnlyList<NewRecord>> { ["data_mqtt"] = [.. found, .. last] };
        var ways = new ThreeWays(flink, "socks", Compared, records);

        var (embedded, onKafka, onFlink) = await ways.RunAsync();

        Assert.Equal(11, embedded.ByTopic.Count);
        Assert.All(embedded.ByTopic, topic => Assert.NotEmpty(topic.Value));
        Assert.Equal(embedded.All, onKafka.All);
        Assert.Equal(embedded.All, onFlink.All);
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join('\n', embedded.ByTopic.Select(topic => $"{topic.Key}: {topic.Value.Count} rows")));
    }

    private static NewRecord Record((long Time, string? Id, string? Image, double? Probability, int? Shelf) found)
    {
        var value = new JsonObject { ["image"] = found.Image, ["probability"] = found.Probability, ["shelf"] = found.Shelf };
        var key = found.Id is null ? null : Encoding.UTF8.GetBytes(found.Id);
        return NewRecord.Of(found.Time, key, Encoding.UTF8.GetBytes(value.ToJsonString()));
    }
}
