using System.Text;
using System.Text.RegularExpressions;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>A data folder with records of socks, and queries over them that <c>socksort server</c> runs.</summary>
internal sealed partial class ServedQueries(string data, int records)
{
    // Windows close by the wall clock too: the last hour of the records ends half an hour after them, and no server here lives so long in
    // silence.
    public const string Script = """
        SET 'auto.offset.reset' = 'earliest';
        CREATE STREAM socks (image STRING, probability DOUBLE) WITH (kafka_topic='socks', value_format='json', partitions=1);
        CREATE TABLE smoothed AS SELECT image, COUNT(*) AS n, AVG(probability) AS mean FROM socks
          WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image HAVING COUNT(*) > 3 EMIT CHANGES;
        CREATE TABLE totals AS SELECT image, COUNT(*) AS n, COLLECT_SET(probability) AS seen FROM socks GROUP BY image EMIT CHANGES;
        CREATE TABLE shown AS SELECT image, COUNT(*) AS n FROM socks WINDOW SESSION (2 SECONDS) GROUP BY image EMIT CHANGES;
        CREATE TABLE closed AS SELECT image, COUNT(*) AS n FROM socks
          WINDOW TUMBLING (SIZE 1 HOURS, GRACE PERIOD 1 SECONDS) GROUP BY image EMIT FINAL;
        CREATE STREAM doubtful AS SELECT image, probability FROM socks WHERE probability < 20 EMIT CHANGES;
        """;

    private static readonly string[] Labels = ["Google", "Confluent", "Mongo", "Github", "Blank"];
    private static readonly string[] Outputs = ["SMOOTHED", "TOTALS", "SHOWN", "CLOSED", "DOUBTFUL"];

    public string Data => data;

    /// <summary>Fills the topic: four records a second of event time, one of a hundred late.</summary>
    public void Fill()
    {
        var random = new Random(42);
        using var log = SqliteLog.Open(data);
        var batch = new List<NewRecord>();
        for (var i = 0; i < records; i++)
        {
            var at = 1_600_000_000_000L + (i * 250L) - (random.Next(100) == 0 ? random.Next(8000) : 0);
            var value = $$"""{"image":"{{Labels[random.Next(Labels.Length)]}}","probability":{{random.Next(0, 400) / 4.0}}}""";
            batch.Add(new NewRecord(default(ReadOnlyMemory<byte>?), Encoding.UTF8.GetBytes(value), at));
            if (batch.Count < 1000 && i < records - 1)
                continue;
            _ = log.Append("socks", batch);
            batch.Clear();
        }
    }

    public async Task<SocksortProcess> StartAsync(TempFolder folder)
    {
        var script = folder.Write("queries.ksql", Script);
        var server = SocksortProcess.Start(["server", "--queries", script, "--listen", "http://127.0.0.1:0", "--data", data]);
        _ = await server.LineAsync("listening on ");
        return server;
    }

    /// <summary>The least that any query has committed; 0 before the first commit.</summary>
    public long Committed()
    {
        using var reader = SqliteLogReader.Open(data);
        return Outputs.Min(output => reader.CommittedOffset(QueryOf(output), "socks") ?? 0);
    }

    public bool IsDone => Committed() == records;

    /// <summary>All records of all output topics.</summary>
    public IEnumerable<string> Written()
    {
        using var reader = SqliteLogReader.Open(data);
        foreach (var topic in Outputs)
        {
            for (var next = 0L; reader.FindTopic(topic) is not null
                && reader.Read(topic, 0, next, 10_000) is { Count: > 0 } batch; next = batch[^1].Offset + 1)
            {
                foreach (var record in batch)
                    yield return $"{topic} {record.TimestampMs} {Text(record.Key)} => {Text(record.Value)}";
            }
        }
    }

    public static int PortOf(SocksortProcess server) => int.Parse(Port().Match(server.Output).Groups[1].Value);

    private static string QueryOf(string output) => $"{(output == "DOUBTFUL" ? "CSAS" : "CTAS")}_{output}_{Array.IndexOf(Outputs, output)}";

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Convert.ToHexString(some.Span) : "null";

    [GeneratedRegex(@"listening on http://127\.0\.0\.1:(\d+)")]
    private static partial Regex Port();
}
