namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>What the program keeps for itself in topics.</summary>
public class OwnTopicTests
{
    private const string Letters =
        "CREATE STREAM letters (a INT) WITH (kafka_topic='_socksort_dead_letters', value_format='json', partitions=1);";

    [Theory]
    [InlineData(Letters + "INSERT INTO letters VALUES (1);")]
    [InlineData(
        Letters
            + "CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); INSERT INTO letters SELECT a FROM s;")]
    [InlineData("CREATE STREAM s (a INT) WITH (kafka_topic='s', value_format='json', partitions=1); CREATE STREAM q WITH "
        + "(kafka_topic='_socksort_q') AS SELECT a FROM s;")]
    public async Task No_statement_writes_them(string script)
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => SqlHost.StartAsync(script));

        Assert.Contains("is the program's own", error.Message);
    }

    [Theory]
    [InlineData("CREATE STREAM c (statement STRING) WITH (kafka_topic='_socksort_command_topic', value_format='json', partitions=1);")]
    [InlineData(
        "CREATE STREAM `_socksort_command_topic` (a INT) WITH (kafka_topic='_socksort_command_topic', value_format='json', partitions=1);")]
    public async Task Statements_of_others_are_not_shown(string script)
    {
        var error = await Assert.ThrowsAsync<SqlException>(() => SqlHost.StartAsync(script));

        Assert.Contains("may hold passwords", error.Message);
    }
}
