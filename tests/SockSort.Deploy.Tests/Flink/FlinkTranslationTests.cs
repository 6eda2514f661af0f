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
            SET 'table.optimizer.agg-phase-strategy' = 'ONE_PHASE';
            CREATE TEMPORARY TABLE `SOCKS from latest, 1.001 s behind` (
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
              'scan.watermark.emit.strategy' = 'on-event',
              'scan.watermark.idle-timeout' = '60000 ms'
            );
            CREATE TEMPORARY TABLE `HEAPS` (
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
            SET 'pipeline.name' = 'socksort: table HEAPS [27bff3f82553]';
            INSERT INTO `HEAPS` (`KEY`, `N`, `ROWTIME`)
            SELECT
              UNHEX(CONCAT(HEX(`image`), LPAD(HEX((UNIX_TIMESTAMP(DATE_FORMAT(`window_start`, 'yyyy-MM-dd HH:mm:ss')) * 1000)), 16, '0'))),
              COUNT(*),
              MAX(CAST(`ROWTIME` AS TIMESTAMP_LTZ(3)))
            FROM TABLE(TUMBLE(TABLE `SOCKS from latest, 1.001 s behind`, DESCRIPTOR(`ROWTIME`), INTERVAL '0 00:00:05.000' DAY TO SECOND(3)))
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
    [InlineData("CREATE TABLE t AS SELECT p, COUNT(*) AS c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY p EMIT FINAL;",
        "2:96: GROUP BY is translated of texts and whole numbers: Flink writes a key of DOUBLE in another way")]
    [InlineData("CREATE TABLE t AS SELECT image, SUM(p) AS c FROM socks WINDOW SESSION (5 SECONDS) GROUP BY image EMIT FINAL;",
        "2:37: SUM(SOCKS.P) is translated in tumbling windows only: Flink adds a DOUBLE up in another order here")]
    [InlineData("CREATE TABLE t AS SELECT image, STDDEV_SAMP(p) c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image EMIT FINAL;",
        "2:45: the aggregate STDDEV_SAMP(SOCKS.P) is not translated; COUNT, SUM, AVG, MIN and MAX of numbers are")]
    [InlineData("CREATE TABLE t AS SELECT image, COUNT(*) AS `KEY` FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image EMIT FINAL;",
        "2:14: a column `KEY` is not translated: the key's bytes are called so in Flink")]
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
    public void Readers_of_one_stream_that_wait_or_begin_otherwise_have_tables_of_their_own()
    {
        var statements = Translate(Socks + """
            CREATE TABLE a AS SELECT image, COUNT(*) AS c FROM socks WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY image EMIT FINAL;
            CREATE TABLE b AS SELECT image, COUNT(*) AS c FROM socks WINDOW SESSION (5 SECONDS, GRACE PERIOD 1 SECOND)
              GROUP BY image EMIT FINAL;
            SET 'auto.offset.reset' = 'earliest';
            CREATE STREAM d AS SELECT n FROM socks EMIT CHANGES;
            CREATE STREAM e AS SELECT n FROM socks EMIT CHANGES;
            """);

        Assert.Equal(
            [
                "TABLE `SOCKS from latest, 0.001 s behind` (", "TABLE `A` (", "TABLE `SOCKS from latest, 1.002 s behind` (",
                "VIEW `B before its sessions` AS", "TABLE `B` (", "TABLE `SOCKS from earliest` (", "TABLE `D` (", "TABLE `E` (",
            ],
            statements.Where(statement => statement.StartsWith("CREATE", StringComparison.Ordinal))
                .Select(statement => statement.Split('\n')[0]["CREATE TEMPORARY ".Length..]));
    }

    [Fact]
    public void A_jobs_name_does_not_depend_on_other_queries_of_the_script()
    {
        const string First = "CREATE STREAM d AS SELECT n FROM socks EMIT CHANGES;\n";
        const string Others =
            "CREATE TABLE a AS SELECT image, COUNT(*) AS c FROM socks WINDOW SESSION (5 SECONDS) GROUP BY image EMIT FINAL;\n";

        var (alone, among) = (Translate(Socks + First), Translate(Socks + Others + First));

        Assert.Equal(alone.Single(IsName), among.Where(IsName).Last());

        static bool IsName(string statement) => statement.StartsWith("SET 'pipeline.name'", StringComparison.Ordinal);
    }

    [Fact]
    public void Statements_that_make_the_same_are_counted_and_one_of_another_text_has_another_fingerprint()
    {
        var jobs = FlinkTranslation.Of(
            KsqlScript.Read(new SourceText("socks.ksql", """
                CREATE STREAM a (`IMAGE` STRING) WITH (kafka_topic='a', value_format='json');
                CREATE STREAM b (`IMAGE` STRING) WITH (kafka_topic='b', value_format='json');
                INSERT INTO b SELECT image FROM a WHERE image = 'x' EMIT CHANGES;
                INSERT INTO b SELECT image FROM a WHERE image = 'y' EMIT CHANGES;
                """)),
            "kafka:9092", TimeSpan.Zero).Jobs;

        Assert.Equal(["INSERT INTO B", "INSERT INTO B (2)"], jobs.Select(job => job.Key));
        Assert.NotEqual(jobs[0].Fingerprint, jobs[1].Fingerprint);
        Assert.True(jobs[0].IsNamed("socksort: INSERT INTO B [0123456789ab]"));
        Assert.False(jobs[0].IsNamed(jobs[1].Name));
    }

    private static IReadOnlyList<string> Translate(string script) =>
        FlinkTranslation.Of(KsqlScript.Read(new SourceText("socks.ksql", script)), "kafka:9092", TimeSpan.FromMinutes(1)).Statements;
}
