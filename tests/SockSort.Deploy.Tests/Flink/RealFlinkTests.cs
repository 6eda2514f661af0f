using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SockSort.Deploy.Flink;
using SockSort.Deploy.KsqlDb;
using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>
/// The same records through the embedded engine and, translated, through Flink itself; skipped where the kit is absent, and without
/// <c>SOCKSORT_TESTS=all</c>: Kafka and Flink take two cores for one to two minutes.
/// </summary>
/// <remarks>Those that start servers of the kit run one after the other.</remarks>
[Collection("servers of the kit")]
public sealed class RealFlinkTests
{
    private const string Script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM socks (id STRING KEY, image STRING, probability DOUBLE, shelf INT)
          WITH (kafka_topic='socks', value_format='json', partitions=1);
        CREATE STREAM sure WITH (kafka_topic='sure') AS
          SELECT id, image, probability * 2 AS twice, shelf / 2 AS half, UCASE(image) AS big, IFNULL(shelf, -1) AS place,
            CASE WHEN probability > 95 THEN 'sure' WHEN shelf IS NULL THEN NULL ELSE 'likely' END AS how
          FROM socks WHERE NOT (image = 'Blank') AND (probability >= 50 OR shelf IN (1, 2)) EMIT CHANGES;
        CREATE TABLE heaps WITH (kafka_topic='heaps') AS
          SELECT image, TIMESTAMPTOSTRING(WINDOWSTART, 'HH:mm:ss') AS last_seen, WINDOWSTART AS since, WINDOWEND AS until,
            COUNT(*) AS n, COUNT(shelf) AS shelved, SUM(shelf) AS shelves, MAX(probability) AS best, MIN(probability) AS worst
          FROM socks WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 2 SECONDS) WHERE image != 'Blank'
          GROUP BY image HAVING COUNT(*) > 1 EMIT FINAL;
        CREATE TABLE hops WITH (kafka_topic='hops') AS
          SELECT image, COUNT(*) * 10 + 1 AS n FROM socks
          WINDOW HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS, GRACE PERIOD 2 SECONDS) GROUP BY image EMIT FINAL;
        """;

    /// <summary>Time, key, label, probability and shelf.</summary>
    private static readonly (long Time, string? Id, string? Image, double? Probability, int? Shelf)[] Records =
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
    public async Task A_translated_script_writes_the_same_records_as_the_embedded_engine()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all", "runs in full by ./test --all");
        var expected = await ExpectedAsync();
        await using var flink = await RealFlink.StartAsync("socks", "sure", "heaps", "hops");
        var translated = FlinkTranslation.Of(KsqlScript.Read(new SourceText("socks.ksql", Script)), flink.Bootstrap);

        foreach (var statement in translated)
            await flink.RunAsync(statement);
        await flink.RunAsync($"INSERT INTO SOCKS (id, image, probability, shelf, ROWTIME) VALUES {string.Join(", ", Records.Select(Row))}");

        Assert.Equal([12, 4, 10], expected.Values.Select(records => records.Count));
        foreach (var (topic, records) in expected)
        {
            var read = await flink.ReadAsync(topic, records.Count);
            Assert.Equal(records.Order(StringComparer.Ordinal), read.Select(Normal).Order(StringComparer.Ordinal));
            Assert.Equal(records.Count, await flink.CountAsync(topic));
        }
    }

    private static async Task<Dictionary<string, List<string>>> ExpectedAsync()
    {
        using var log = new MemoryLog();
        await using var engine = new SqlEngine(log, new() { Clock = SqlClock.Stream });
        var session = new SqlSession();
        var parser = new SqlParser(new SourceText("socks.ksql", Script), session.Variables);
        while (parser.Next() is { } statement)
            _ = await engine.ExecuteAsync(statement, session, CancellationToken.None);
        foreach (var (time, id, image, probability, shelf) in Records)
        {
            var value = new JsonObject { ["image"] = image, ["probability"] = probability, ["shelf"] = shelf };
            var key = id is null ? null : Encoding.UTF8.GetBytes(id);
            _ = log.Append("socks", [NewRecord.Of(time, key, Encoding.UTF8.GetBytes(value.ToJsonString()))]);
        }
        engine.RunUntilIdle();
        return new[] { "sure", "heaps", "hops" }.ToDictionary(
            topic => topic, topic => log.Batches(topic, 0, 0).SelectMany(batch => batch).Select(Printed).ToList());
    }

    private static string Printed(LogRecord record) =>
        Normal(
            $"CreateTime:{record.TimestampMs}\t{KeyText(record.Key?.ToArray())}\t{Encoding.UTF8.GetString(record.Value!.Value.Span)}");

    private static string Row((long Time, string? Id, string? Image, double? Probability, int? Shelf) record) => string.Create(
        CultureInfo.InvariantCulture,
        $"({Text(record.Id)}, {Text(record.Image)}, "
            + $"CAST({record.Probability?.ToString("R", CultureInfo.InvariantCulture) ?? "NULL"} AS DOUBLE), "
            + $"CAST({record.Shelf?.ToString(CultureInfo.InvariantCulture) ?? "NULL"} AS INT), "
            + $"TO_TIMESTAMP_LTZ({record.Time}, 3))");

    private static string Text(string? text) => text is null ? "CAST(NULL AS STRING)" : $"'{text}'";

    /// <summary>A key as the consumer's <c>Bytes</c> are printed.</summary>
    private static string KeyText(byte[]? key) => key is null ? "null" : string.Concat(key.Select(
        part => part is >= (byte)' ' and <= (byte)'~' and not (byte)'\\' ? $"{(char)part}" : $"\\x{part:X2}"));

    /// <summary>The record with its value's fields in the order of their names, and numbers in one form.</summary>
    private static string Normal(string record)
    {
        var parts = record.Split('\t', 3);
        var fields = JsonNode.Parse(parts[2])!.AsObject().OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => $"{field.Key}={Normal(field.Value)}");
        return $"{parts[0]} {parts[1]} {string.Join(", ", fields)}";
    }

    private static string Normal(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number
        ? ((double)value).ToString("R", CultureInfo.InvariantCulture)
        : value?.ToJsonString() ?? "null";
}
