using System.Text;
using SockSort.Log;

namespace SockSort.Sql.Engine.Tests.Scheduling;

public class CommitTests
{
    [Theory]
    [InlineData(10, 1)]
    [InlineData(4_000, 2)]
    public async Task Rows_wait_for_a_commit_until_they_are_many_bytes(int length, int commits)
    {
        await using var host = await SqlHost.StartAsync("""
            CREATE STREAM s (a STRING) WITH (kafka_topic='s', value_format='delimited', partitions=1);
            CREATE STREAM copy WITH (kafka_topic='copy') AS SELECT a FROM s;
            """);
        var value = Encoding.UTF8.GetBytes(new string('x', length));
        _ = host.Topics.Append("s", [.. Enumerable.Repeat(NewRecord.Of(0, null, value), 15_000)]);
        var seen = 0;
        host.Topics.Appended += topic => seen += topic == "copy" ? 1 : 0;

        host.Engine.RunUntilIdle();

        Assert.Equal((commits, 15_000), (seen, host.Topics.EndOffset("copy", 0)));
    }
}
