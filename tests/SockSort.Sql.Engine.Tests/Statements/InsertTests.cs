namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>Rows whose value or key holds nothing, and what INSERT refuses.</summary>
public sealed class InsertTests
{
    [Theory]
    [InlineData("INT", "3000000000", "column V is INTEGER, the value 3000000000 is BIGINT [SQL0262]")]
    [InlineData("INT", "1e10", "column V is INTEGER, the value 1.0E10 is DOUBLE [SQL0262]")]
    [InlineData("INT", "1.7", "column V is INTEGER, the value 1.7 is DECIMAL(2, 1) [SQL0262]")]
    [InlineData("DECIMAL(6, 2)", "12.345", "column V is DECIMAL(6, 2), the value 12.345 is DECIMAL(5, 3) [SQL0262]")]
    [InlineData("DECIMAL(6, 2)", "10000", "column V is DECIMAL(6, 2), the value 10000 is INTEGER [SQL0262]")]
    [InlineData("ARRAY<INT>", "ARRAY[1, 3000000000]", "column V is ARRAY<INTEGER>, the value [1, 3000000000] is ARRAY<BIGINT> [SQL0262]")]
    [InlineData("STRUCT<A INT>", "STRUCT(B := 1)", "column V is STRUCT<`A` INTEGER>, the value Struct{B=1} is STRUCT<`B` INTEGER>")]
    [InlineData("STRING", "7", "column V is STRING, the value 7 is INTEGER [SQL0262]")]
    [InlineData("INT", "1 / 0", "the value is none for column V of type INTEGER [SQL0310]")]
    public async Task A_value_that_does_not_fit_is_refused_with_column_type_and_value(string type, string value, string message)
    {
        await using var sql = await SqlHost.StartAsync($"CREATE STREAM s (v {type}) WITH (kafka_topic='s', value_format='JSON');");

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync($"INSERT INTO s VALUES ({value});"));

        Assert.Contains(message, error.Message);
        Assert.Empty(sql.Values("s"));
    }

    [Theory]
    [InlineData("INT", "-2147483648", """{"V":-2147483648}""")]
    [InlineData("DECIMAL(6, 2)", "12.300", """{"V":12.30}""")]
    [InlineData("BYTES", "'AAE'", """{"V":"AAE="}""")]
    [InlineData("ARRAY<DATE>", "ARRAY['1970-01-03', NULL]", """{"V":[2,null]}""")]
    [InlineData("STRUCT<A BIGINT, B DATE>", "STRUCT(B := '1970-01-02')", """{"V":{"A":null,"B":1}}""")]
    public async Task A_value_that_fits_is_stored_as_it_is(string type, string value, string stored)
    {
        await using var sql = await SqlHost.StartAsync($"CREATE STREAM s (v {type}) WITH (kafka_topic='s', value_format='JSON');");

        await sql.RunAsync($"INSERT INTO s VALUES ({value});");

        Assert.Equal([stored], sql.Values("s"));
    }

    [Theory]
    [InlineData("JSON", "{}")]
    [InlineData("DELIMITED", "")]
    public async Task A_stream_of_key_columns_only_writes_an_empty_value_and_shows_its_rows(string format, string value)
    {
        await using var sql = await SqlHost.StartAsync(
            $"""
            CREATE STREAM s (k STRING KEY) WITH (kafka_topic='s', value_format='{format}', partitions=1);
            SELECT k FROM s EMIT CHANGES;
            """);

        await sql.RunAsync("INSERT INTO s VALUES ('a');");
        sql.Engine.RunUntilIdle();

        Assert.Equal([value], sql.Values("s"));
        Assert.Equal(["a"], sql.Rows());
    }

    [Fact]
    public async Task A_table_of_key_columns_only_keeps_its_rows()
    {
        await using var sql = await SqlHost.StartAsync(
            """
            CREATE TABLE t (k STRING PRIMARY KEY) WITH (kafka_topic='t', value_format='JSON', partitions=1);
            INSERT INTO t VALUES ('a');
            SELECT k FROM t EMIT CHANGES;
            """);

        sql.Engine.RunUntilIdle();

        Assert.Equal(["a"], sql.Rows());
    }

    [Fact]
    public async Task A_single_delimited_column_that_is_null_is_an_empty_line_and_reads_back_as_null()
    {
        await using var sql = await SqlHost.StartAsync(
            """
            CREATE STREAM s (v STRING) WITH (kafka_topic='s', value_format='DELIMITED', partitions=1);
            CREATE STREAM copy AS SELECT * FROM s;
            SELECT v FROM copy EMIT CHANGES;
            """);

        await sql.RunAsync("INSERT INTO s VALUES (NULL);");
        sql.Engine.RunUntilIdle();

        Assert.Equal([""], sql.Values("s"));
        Assert.Equal([""], sql.Values("COPY"));
        Assert.Equal(["null"], sql.Rows());
    }

    [Fact]
    public async Task A_table_keeps_a_row_whose_key_is_null_in_part()
    {
        await using var sql = await SqlHost.StartAsync(
            """
            CREATE TABLE t (k INT PRIMARY KEY, k2 INT PRIMARY KEY, v INT) WITH (kafka_topic='t', format='JSON', partitions=1);
            SELECT * FROM t EMIT CHANGES;
            """);

        sql.Send("t", """{"V":1}""", key: """{"K":null,"K2":2}""");
        await sql.RunAsync("INSERT INTO t VALUES (NULL, 3, 4);");
        sql.Engine.RunUntilIdle();

        Assert.Equal(["null,2,1", "null,3,4"], sql.Rows());
    }

    [Theory]
    [InlineData("CREATE STREAM c AS SELECT * FROM s LIMIT 3;")]
    [InlineData("CREATE TABLE c AS SELECT k, COUNT(*) AS n FROM s GROUP BY k EMIT CHANGES LIMIT 3;")]
    [InlineData("INSERT INTO s SELECT * FROM s LIMIT 3;")]
    public async Task A_query_that_writes_for_good_takes_no_limit(string statement)
    {
        await using var sql = await SqlHost.StartAsync("CREATE STREAM s (k INT KEY, v INT) WITH (kafka_topic='s', value_format='JSON');");

        var error = await Assert.ThrowsAsync<SqlException>(() => sql.RunAsync(statement));

        Assert.Equal("SQL0336", error.Code);
        Assert.Empty(sql.Engine.Snapshot().Queries);
    }
}
