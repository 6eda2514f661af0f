using SockSort.Deploy.Flink;
using SockSort.Deploy.KsqlDb;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Tests.Flink;

/// <summary>What is translated and how, and what is refused where; that both give the same shows <see cref="RealFlinkTests"/>.</summary>
public sealed class FlinkTranslationTests
{
    private const string Socks =
        "CREATE STREAM socks (image STRING, p DOUBLE, n INT) WITH (kafka_topic='data_mqtt', value_format='json');\n";

    [Fact]
    public void A_window_is_a_table_function_over_a_stream_with_a_watermark()
    {
        var statements = Translate(Socks + """
            CREATE TABLE heaps AS SELECT image, COUNT(*) AS n FROM socks
              WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 1 SECOND) WHERE image != 'Blank' GROUP BY image HAVING COUNT(*) > 3 EMIT FINAL;
            SELECT * FROM heaps EMIT CHANGES;
            """);

        Assert.Equal(
            """
            SET 'table.local-time-zone' = 'UTC';
            CREATE TABLE `SOCKS` (
              `image` STRING,
              `p` DOUBLE,
              `n` INT,
              `ROWTIME` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
              WATERMARK FOR `ROWTIME` AS `ROWTIME` - INTERVAL '0 00:00:01.001' DAY TO SECOND(3)
            ) WITH (
              'connector' = 'kafka',
              'topic' = 'data_mqtt',
              'properties.bootstrap.servers' = 'kafka:9092',
              'value.format' = 'json',
              'scan.startup.mode' = 'latest-offset',
              'scan.watermark.emit.strategy' = 'on-event'
            );
            CREATE TABLE `HEAPS` (
              `KEY` BYTES,
              `N` BIGINT,
              `ROWTIME` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'
            ) WITH (
              'connector' = 'kafka',
              'topic' = 'HEAPS',
              'properties.bootstrap.servers' = 'kafka:9092',
              'value.format' = 'json',
              'key.format' = 'raw',
              'key.fields' = 'KEY',
              'value.fields-include' = 'EXCEPT_KEY'
            );
            INSERT INTO `HEAPS` (`KEY`, `N`, `ROWTIME`)
            SELECT
              UNHEX(CONCAT(HEX(`image`), LPAD(HEX((UNIX_TIMESTAMP(DATE_FORMAT(`window_start`, 'yyyy-MM-dd HH:mm:ss')) * 1000)), 16, '0'))),
              COUNT(*),
              MAX(CAST(`ROWTIME` AS TIMESTAMP_LTZ(3)))
            FROM TABLE(TUMBLE(TABLE `SOCKS`, DESCRIPTOR(`ROWTIME`), INTERVAL '0 00:00:05.000' DAY TO SECOND(3)))
            WHERE COALESCE(`image` <> 'Blank', FALSE) AND `image` IS NOT NULL
            GROUP BY `image`, `window_start`, `window_end`
            HAVING COALESCE(COUNT(*) > CAST(3 AS BIGINT), FALSE);
            """,
            string.Join('\n', statements.Select(statement => $"{statement};")));
    }

    [Theory]
    [InlineData("CREATE TABLE t AS SELECT image, COUNT(*) AS c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image EMIT CHANGES;",
        "2:19: Flink gives a window's row once, when the window has closed; write EMIT FINAL, and GRACE PERIOD in the window")]
    [InlineData("CREATE TABLE t AS SELECT image, COUNT(*) AS c FROM socks GROUP BY image EMIT CHANGES;",
        "2:19: GROUP BY without a window is not translated: its rows are changes of rows")]
    [InlineData("CREATE TABLE t AS SELECT image, COUNT(*) AS c FROM socks WINDOW SESSION (5 SECONDS) GROUP BY image EMIT FINAL;",
        "2:65: session windows are not translated")]
    [InlineData("CREATE TABLE t AS SELECT n, COUNT(*) AS c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY n EMIT FINAL;",
        "2:96: GROUP BY is translated of one text: Flink has the key's bytes of no other")]
    [InlineData("CREATE TABLE t AS SELECT image, AVG(p) AS c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image EMIT FINAL;",
        "2:37: the aggregate AVG(SOCKS.P) is not translated; COUNT, SUM, MIN and MAX of numbers are")]
    [InlineData("CREATE STREAM t AS SELECT image, 1 / n AS c FROM socks EMIT CHANGES;",
        "2:38: a division is translated only by a whole number that stands there: by zero Flink's job ends")]
    [InlineData("CREATE STREAM t AS SELECT n, LEN(image) AS c FROM socks EMIT CHANGES;",
        "2:30: LEN is not translated, or not with such arguments")]
    [InlineData("CREATE STREAM t AS SELECT n FROM socks WHERE image < 'b' EMIT CHANGES;", "2:46: the order of texts is not translated")]
    [InlineData("CREATE STREAM t AS SELECT n FROM socks WHERE image LIKE 'b%' EMIT CHANGES;", "2:46: a condition that may be NULL is t")]
    [InlineData("CREATE STREAM t AS SELECT image, CAST(p AS STRING) AS c FROM socks EMIT CHANGES;",
        "2:34: a cast of DOUBLE to STRING")]
    [InlineData("CREATE STREAM t AS SELECT n, p FROM socks PARTITION BY n EMIT CHANGES;",
        "2:37: this step is not translated: ")]
    [InlineData("CREATE TABLE t (a STRING PRIMARY KEY, b INT) WITH (kafka_topic='t', value_format='json');",
        "2:14: tables are not translated")]
    [InlineData("CREATE STREAM t (a STRING) WITH (kafka_topic='t', value_format='delimited');",
        "2:15: values in DELIMITED are not translated")]
    [InlineData("CREATE STREAM t (a ARRAY<INT>) WITH (kafka_topic='t', value_format='json');", "2:15: ARRAY<INTEGER> is not translated")]
    [InlineData("CREATE STREAM t (a INT KEY, b INT) WITH (kafka_topic='t', value_format='json');",
        "2:15: keys are translated that are one text")]
    public void What_flink_does_otherwise_is_refused_by_its_place(string statement, string refusal)
    {
        var refused = Assert.Throws<FlinkException>(() => Translate(Socks + statement));

        Assert.StartsWith($"socks.ksql:{refusal}", refused.Message);
        Assert.EndsWith("socks.ksql: Flink cannot do this as ksqlDB does; nothing was translated", refused.Message);
    }

    [Fact]
    public void Joins_are_refused()
    {
        var refused = Assert.Throws<FlinkException>(() => Translate(Socks + """
            CREATE STREAM shoes (image STRING, n INT) WITH (kafka_topic='shoes', value_format='json');
            CREATE STREAM t AS SELECT a.n, b.image FROM socks a JOIN shoes b WITHIN 1 SECOND ON a.n = b.n EMIT CHANGES;
            """));

        Assert.StartsWith("socks.ksql:3:45: this step is not translated: inner join (streams)", refused.Message);
    }

    [Fact]
    public void All_refusals_of_a_script_are_told_at_once()
    {
        var refused = Assert.Throws<FlinkException>(() => Translate(Socks + """
            CREATE STREAM a AS SELECT LEN(image) AS c FROM socks EMIT CHANGES;
            CREATE STREAM b AS SELECT n FROM socks EMIT CHANGES;
            CREATE STREAM c AS SELECT LEN(image) AS c FROM socks EMIT CHANGES;
            """));

        Assert.Equal(["socks.ksql:2:27", "socks.ksql:4:27"], refused.Refusals.Select(refusal => refusal.At.Place));
    }

    [Fact]
    public void Readers_of_one_stream_that_wait_or_begin_otherwise_are_refused()
    {
        const string Windows = """
            CREATE TABLE a AS SELECT image, COUNT(*) AS c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image EMIT FINAL;
            CREATE TABLE b AS SELECT image, COUNT(*) AS c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS, GRACE PERIOD 1 SECOND)
              GROUP BY image EMIT FINAL;
            SET 'auto.offset.reset' = 'earliest';
            CREATE STREAM d AS SELECT n FROM socks EMIT CHANGES;
            """;

        var refused = Assert.Throws<FlinkException>(() => Translate(Socks + Windows));

        Assert.Equal(
            [
                "another query waits 00:00:00 for late records of this stream: a table of Flink has one grace",
                "another query reads this stream from elsewhere: in Flink all readers of a table begin alike",
            ],
            refused.Refusals.Select(refusal => refusal.Reason));
    }

    private static IReadOnlyList<string> Translate(string script) =>
        FlinkTranslation.Of(KsqlScript.Read(new SourceText("socks.ksql", script)), "kafka:9092");
}
