namespace SockSort.Sql.Engine.Tests.Execution;

/// <summary>Records and values that no query may die of.</summary>
public class BadRecordTests
{
    [Fact]
    public async Task A_time_that_lies_before_the_year_1_in_UTC_is_left_out()
    {
        await using var host = await SqlHost.StartAsync("""
            CREATE STREAM s (a INT, moment STRING) WITH (
              kafka_topic='s', value_format='json', partitions=1, timestamp='moment', timestamp_format='yyyy-MM-dd''T''HH:mm:ssXXX');
            SELECT a FROM s EMIT CHANGES;
            """);

        host.Send("s", """{"a":1,"moment":"0001-01-01T00:00:00+01:00"}""");
        host.Send("s", """{"a":2,"moment":"2020-01-01T00:00:00+01:00"}""");

        Assert.Equal(["2"], host.Rows());
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1000)]
    public async Task The_last_moments_that_there_are_end_no_window_loop(long timestamp)
    {
        await using var host = await SqlHost.StartAsync("""
            CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1);
            SELECT a, COUNT(*) FROM s WINDOW HOPPING (SIZE 10 SECONDS, ADVANCE BY 5 SECONDS) GROUP BY a EMIT CHANGES;
            """);

        host.Send("s", """{"a":1}""", timestamp: 1000);
        host.Send("s", """{"a":2}""", timestamp);

        Assert.Equal("1,1", host.Rows()[0]);
    }

    [Fact]
    public async Task A_moment_beyond_the_year_9999_is_shown_as_its_milliseconds()
    {
        await using var host = await SqlHost.StartAsync("""
            CREATE STREAM s (moment TIMESTAMP) WITH (kafka_topic='s', value_format='json', partitions=1);
            SELECT moment FROM s EMIT CHANGES;
            """);

        host.Send("s", """{"moment":1700000000000000000}""");

        Assert.Equal(["1700000000000000000"], host.Rows());
    }

    [Fact]
    public async Task A_field_in_another_case_does_not_take_the_place_of_a_column_64_further_on()
    {
        var columns = string.Join(", ", Enumerable.Range(0, 70).Select(i => $"c{i} INT"));
        await using var host = await SqlHost.StartAsync(
            $"CREATE STREAM s ({columns}) WITH (kafka_topic='s', value_format='json', partitions=1); SELECT c1, c65 FROM s EMIT CHANGES;");

        host.Send("s", """{"C1":1,"c65":65}""");

        Assert.Equal(["1,65"], host.Rows());
    }

    [Fact]
    public async Task Bytes_that_are_no_base64_are_told_and_nothing_is_inserted()
    {
        await using var host = await SqlHost.StartAsync(
            "CREATE STREAM s (b BYTES) WITH (kafka_topic='s', value_format='json', partitions=1);");

        var error = await Assert.ThrowsAsync<SqlException>(() => host.RunAsync("INSERT INTO s VALUES ('no base64!');"));

        Assert.Contains("column B is BYTES", error.Message);
        Assert.Empty(host.Values("s"));
    }
}
