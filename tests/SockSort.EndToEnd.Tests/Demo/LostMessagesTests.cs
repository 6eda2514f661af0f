using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Demo;

/// <summary>Messages that do not arrive: the demo says how many and why, and has failed.</summary>
public sealed class LostMessagesTests : IDisposable
{
    private readonly DemoFolder _demo = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _demo.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Given_a_broker_that_refuses_the_messages_expect_the_exit_code_1_and_the_reason()
    {
        await using var broker = await Mosquitto.StartAsync(
            _folder,
            settings: $"acl_file {_folder.Write("acl", $"user {Mosquitto.User}\ntopic read sockfound\n")}\nmax_queued_messages 1000");
        await using var demo = await _demo.StartAsync(
            "4s", ["--mqtt", $"mqtt://{Mosquitto.User}:{Mosquitto.Password}@127.0.0.1:{broker.Port}"]);

        var exitCode = await demo.EndAsync();

        var figures = _demo.Figures();
        Assert.True(exitCode == 1, demo.Output);
        Assert.True(figures.GetProperty("frames").GetInt64() > 0, demo.Output);
        Assert.Equal(
            (figures.GetProperty("frames").GetInt64(), 0),
            (figures.GetProperty("dropped").GetInt64(), figures.GetProperty("published").GetInt64()));
        Assert.Matches(
            @"\nlost        \d+ messages were refused \(the broker has refused a message to 'sockfound': "
                + @"NotAuthorized \(0x87\); this user may not publish there\)\n",
            demo.Output);
        Assert.DoesNotContain(Mosquitto.Password, demo.Output);
    }
}
