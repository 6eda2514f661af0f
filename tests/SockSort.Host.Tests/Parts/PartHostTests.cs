using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Host.Parts;

namespace SockSort.Host.Tests.Parts;

public sealed class PartHostTests
{
    private readonly List<string> _events = [];
    private readonly PartHost _host = new(NullLoggerFactory.Instance);

    [Fact]
    public async Task Parts_are_ended_in_the_reverse_order_of_their_start()
    {
        _ = _host.Open("log", () => new Recorded("log", _events));
        _ = await _host.StartAsync("broker", () => Task.FromResult(new Recorded("broker", _events)));
        _ = _host.Run("camera", async end =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _events.Add("camera");
        });

        await _host.DisposeAsync();

        Assert.Equal(["camera", "broker", "log"], _events);
    }

    [Fact]
    public async Task Given_a_part_that_cannot_start_expect_its_own_error_and_those_before_it_to_be_ended()
    {
        _ = _host.Open("log", () => new Recorded("log", _events));

        var error = Assert.Throws<IOException>(() => _host.Open<Recorded>("broker", () => throw new IOException("port 1883 is taken")));
        await _host.DisposeAsync();

        Assert.Equal("port 1883 is taken", error.Message);
        Assert.Equal(["log"], _events);
    }

    [Fact]
    public async Task Given_work_that_fails_expect_the_waiting_to_end_with_an_error_that_names_it()
    {
        await using var host = _host;
        _ = host.Run("camera desk", _ => throw new IOException("unplugged"));

        var error = await Assert.ThrowsAsync<PartException>(() => host.WaitAsync(TestContext.Current.CancellationToken));

        Assert.Equal(("camera desk", "camera desk: unplugged"), (error.Part, error.Message));
    }

    [Fact]
    public async Task Waiting_ends_without_an_error_when_it_is_cancelled()
    {
        await using var host = _host;
        using var end = new CancellationTokenSource();
        var waiting = host.WaitAsync(end.Token);

        await end.CancelAsync();

        await waiting;
    }

    [Fact]
    public async Task Work_that_is_done_ends_nothing()
    {
        await using var host = _host;
        using var end = new CancellationTokenSource();
        await host.Run("frames", _ => Task.CompletedTask);
        var waiting = host.WaitAsync(end.Token);

        Assert.False(waiting.IsCompleted);
        await end.CancelAsync();
        await waiting;
    }

    [Fact]
    public async Task A_part_that_cannot_be_ended_keeps_none_from_being_ended()
    {
        _ = _host.Open("log", () => new Recorded("log", _events));
        _ = _host.Open("broker", () => new Recorded("broker", _events, fails: true));

        await _host.DisposeAsync();

        Assert.Equal(["broker", "log"], _events);
        Assert.Empty(_host.Parts);
    }

    [Fact]
    public async Task Each_part_says_how_it_is()
    {
        await using var host = _host;
        _ = host.Open("log", () => new Recorded("log", _events));
        _ = host.Open("broker", () => new Recorded("broker", _events), _ => PartHealth.Bad("no room on the disk"));
        await host.Run("camera", _ => throw new IOException("unplugged"));

        Assert.Equal(
            [
                new PartStatus("log", PartHealth.Good),
                new PartStatus("broker", new PartHealth(false, "no room on the disk")),
                new PartStatus("camera", new PartHealth(false, "unplugged")),
            ],
            host.Parts);
    }

    private sealed class Recorded(string name, List<string> events, bool fails = false) : IDisposable
    {
        public void Dispose()
        {
            events.Add(name);
            if (fails)
                throw new IOException("stuck");
        }
    }
}
