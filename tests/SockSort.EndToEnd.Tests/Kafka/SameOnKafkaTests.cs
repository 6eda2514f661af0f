using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Kafka;

/// <summary>The same records and the same script: the engine on Kafka writes row by row what the embedded one does.</summary>
public sealed class SameOnKafkaTests
{
    private static readonly int Records = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all" ? 200_000 : 10_000;

    [Fact]
    public async Task Windows_sessions_aggregates_and_filters_give_the_same_rows_in_the_same_order()
    {
        using var folder = new TempFolder();
        await using var kafka = await KafkaServer.StartAsync();
        await using var queries = new QueriesOnKafka(
            kafka,
            Records,
            "CREATE TABLE hops AS SELECT image, COUNT(*) AS n FROM sock_stream WINDOW HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS) "
                + "GROUP BY image EMIT CHANGES;",
            "CREATE TABLE shown AS SELECT image, COUNT(*) AS n FROM sock_stream WINDOW SESSION (1 SECONDS) GROUP BY image EMIT CHANGES;",
            // No window closes by the wall clock before an hour of silence.
            "CREATE TABLE hours AS SELECT image, COUNT(*) AS n FROM sock_stream WINDOW TUMBLING (SIZE 10 MINUTES, GRACE PERIOD 1 HOURS) "
                + "GROUP BY image EMIT FINAL;",
            "CREATE TABLE totals AS SELECT image, COUNT(*) AS n, SUM(probability) AS s, AVG(probability) AS a, MIN(probability) AS low, "
                + "MAX(probability) AS high FROM sock_stream GROUP BY image EMIT CHANGES;",
            "CREATE TABLE latest AS SELECT image, LATEST_BY_OFFSET(probability) AS l, EARLIEST_BY_OFFSET(probability) AS e, "
                + "TOPK(probability, 3) AS best FROM sock_stream GROUP BY image EMIT CHANGES;",
            "CREATE TABLE lists AS SELECT image, COLLECT_LIST(probability) AS l, COUNT_DISTINCT(probability) AS n FROM sock_stream "
                + "WINDOW TUMBLING (SIZE 30 SECONDS) GROUP BY image EMIT CHANGES;",
            "CREATE STREAM doubtful AS SELECT image, probability FROM sock_stream WHERE probability < 60 EMIT CHANGES;",
            "CREATE STREAM named AS SELECT CASE WHEN probability > 90 THEN 'sure' ELSE 'unsure' END AS word, UCASE(image) AS name "
                + "FROM sock_stream EMIT CHANGES;",
            "CREATE STREAM keyed AS SELECT image, probability FROM sock_stream PARTITION BY image EMIT CHANGES;");
        queries.CreateTopic();

        await using var server = await queries.StartAsync(folder);
        await queries.ProduceAsync(0, Records);
        await queries.CommittedAsync(Records);
        server.PressCtrlC();
        Assert.True(await server.EndAsync() == 0, server.Output);

        Assert.Equal(await queries.ExpectedAsync(), queries.Written());
    }
}
