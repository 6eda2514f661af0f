using Microsoft.Extensions.Time.Testing;
using SockSort.Shared;

namespace SockSort.Mqtt.Tests.Shared;

public class GrowingCountTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_count_is_news_at_once_and_then_once_a_minute_while_it_goes_on()
    {
        var count = new GrowingCount(_time);

        bool[] first = [count.IsNews(0), count.IsNews(1), count.IsNews(2)];
        _time.Advance(TimeSpan.FromMinutes(1));
        bool[] later = [count.IsNews(5), count.IsNews(6)];
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([false, true, false], first);
        Assert.Equal([true, false], later);
        Assert.False(count.IsNews(5));
    }
}
