using SockSort.Cli.Demo;

namespace SockSort.Cli.Tests.Demo;

public sealed class QueryWatchTests
{
    [Theory]
    [InlineData(3, "older done after 2, counting begins before 3")]
    [InlineData(0, "counting begins before 0")]
    public void What_earlier_demos_left_is_told_apart_before_the_first_record_of_this_one(long firstOffset, string expected)
    {
        var (told, at) = (new List<string>(), 0);
        var watch = new QueryWatch("data_mqtt", firstOffset, new DemoMeter([], firstOffset, TimeProvider.System));
        watch.OlderRecordsRead += () => told.Add($"older done after {at}");
        watch.CountingBegins += () => told.Add($"counting begins before {at}");

        for (; at < 6; at++)
        {
            watch.Processed("query", "another", 0, at);
            watch.Processed("query", "data_mqtt", 0, at);
        }

        Assert.Equal(expected, string.Join(", ", told));
    }
}
