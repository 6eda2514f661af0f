using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Demo;

/// <summary>The disk of the demo's log is full for a while.</summary>
public sealed class FullDiskDemoTests : IDisposable
{
    private readonly DemoFolder _demo = new();

    public void Dispose() => _demo.Dispose();

    [Fact]
    public async Task The_demo_says_that_the_disk_is_full_and_loses_nothing_when_there_is_room_again()
    {
        await using var disk = await SmallDisk.MountAsync(_demo.Data, "96m");
        await using var demo = await _demo.StartAsync("1h");
        _ = await demo.LineAsync("camera  ");

        disk.Fill();
        var waiting = await demo.LineAsync(
            "^broker: refuses, trying again; .* has closed the connection: .*topic 'data_mqtt' can't be written: the disk is full");
        disk.Free();
        await Eventually.TrueAsync(
            () => demo.Output.Split('\n').Count(line => line == "broker: connected") > 1, "the broker takes messages again");
        demo.PressCtrlC();
        var exitCode = await demo.EndAsync(TimeSpan.FromMinutes(2));

        Assert.True(waiting.Success);
        Assert.True(exitCode == 0, demo.Output);
        Assert.Equal(_demo.Figures().GetProperty("frames").GetInt64(), _demo.Figures().GetProperty("published").GetInt64());
    }
}
