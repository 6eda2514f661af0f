using SockSort.Connect.Classes;
using SockSort.Testing;

namespace SockSort.Connect.Tests.MqttSource.Sessions;

/// <summary>What a broker keeps for a connector comes at the next start, once, and nothing else does.</summary>
public class KeptSessionTests
{
    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task A_start_gets_what_came_meanwhile_and_no_retained_message_again(string version)
    {
        await using var bench = await SessionBench.StartAsync();
        await bench.PublishAsync("socks", "retained", retain: true);
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration(version));
        await bench.StoredAsync(1);
        await bench.RunningAsync();
        await bench.StopAsync();
        await bench.PublishAsync("socks", "meanwhile");

        for (var start = 0; start < 2; start++)
        {
            _ = await (await bench.NextWorkerAsync()).RestoreAsync("c", bench.Configuration(version), isPaused: false);
            await bench.RunningAsync();
        }
        await bench.PublishAsync("socks", "after");
        await bench.StoredAsync(3);

        Assert.Equal(["retained", "meanwhile", "after"], bench.Values());
    }

    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task Filters_that_are_no_longer_wanted_are_taken_from_the_session_and_what_it_holds_of_them_is_counted(string version)
    {
        await using var bench = await SessionBench.StartAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration(version, ("mqtt.topics", "old/#,both")));
        await bench.RunningAsync();
        await bench.StopAsync();
        await bench.PublishAsync("old/socks", "old, kept");
        await bench.PublishAsync("both", "both, kept");

        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration(version, ("mqtt.topics", "new/+,both")));
        await bench.RunningAsync();
        await bench.PublishAsync("old/socks", "old, live");
        await bench.PublishAsync("new/socks", "new, live");
        await bench.StoredAsync(2);
        await Eventually.TrueAsync(() => bench.Info.Counts.Stored == 2, "two are counted as stored");

        Assert.Equal(["both, kept", "new, live"], bench.Values());
        Assert.Equal((3, 1), (bench.Info.Counts.Received, bench.Info.Counts.Foreign));
    }

    [Fact]
    public async Task A_connector_that_is_made_again_goes_on_with_the_session_of_the_dropped_one()
    {
        await using var bench = await SessionBench.StartAsync();
        var worker = await bench.NextWorkerAsync();
        _ = await worker.CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();

        var dropped = await worker.DropAsync("c");
        await bench.PublishAsync("socks", "meanwhile");
        _ = await worker.CreateAsync("c", bench.Configuration());
        var note = await dropped.EndAsync();
        await bench.StoredAsync(1);

        Assert.Null(note);
        Assert.Equal(["meanwhile"], bench.Values());
        await bench.RunningAsync();
    }

    [Theory]
    [InlineData("running")]
    [InlineData("paused")]
    [InlineData("stopped")]
    public async Task For_one_that_is_dropped_for_good_the_broker_keeps_nothing(string state)
    {
        await using var bench = await SessionBench.StartAsync();
        var worker = await bench.NextWorkerAsync();
        _ = await worker.CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();
        if (state == "paused")
            await worker.PauseAsync("c");
        else if (state == "stopped")
            await worker.StopAsync("c");

        var note = await worker.DeleteAsync("c");

        Assert.Null(note);
        Assert.False(await SessionBench.HasSessionAsync(bench.Endpoint, bench.ClientId));
    }

    [Fact]
    public async Task A_broker_that_cannot_be_told_is_named_with_what_it_keeps()
    {
        await using var bench = await SessionBench.StartAsync();
        var worker = await bench.NextWorkerAsync();
        _ = await worker.CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();
        await bench.StopBrokerAsync();

        var note = await worker.DeleteAsync("c");

        Assert.StartsWith($"{bench.BrokerUri} could not be told to end the session '{bench.ClientId}' (", note);
        Assert.EndsWith("what it keeps for it goes when it expires, or to a connector of the same name", note);
        Assert.Empty(worker.List());
    }

    [Fact]
    public async Task A_connector_that_moves_to_another_broker_ends_its_session_at_the_old_one()
    {
        await using var old = await SessionBench.StartAsync();
        await using var bench = await SessionBench.StartAsync();
        var worker = await bench.NextWorkerAsync();
        _ = await worker.CreateAsync("c", old.Configuration());
        await bench.RunningAsync();

        _ = await worker.DropAsync("c");
        _ = await worker.CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();
        await bench.StopAsync();

        Assert.False(await SessionBench.HasSessionAsync(old.Endpoint, bench.ClientId));
        Assert.True(await SessionBench.HasSessionAsync(bench.Endpoint, bench.ClientId));
    }

    [Fact]
    public async Task Where_only_the_log_knows_the_former_broker_it_is_told()
    {
        await using var old = await SessionBench.StartAsync();
        await using var bench = await SessionBench.StartAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", old.Configuration());
        await bench.RunningAsync();

        var made = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration());

        Assert.Equal(
            [$"{old.Broker.Uri} may still keep the session '{bench.ClientId}' of an earlier configuration; it goes when it expires"],
            made.Notes);
    }

    [Fact]
    public async Task While_connectors_are_held_no_broker_is_touched_and_then_each_once()
    {
        await using var bench = await SessionBench.StartAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();
        await bench.StopAsync();
        await bench.PublishAsync("socks", "meanwhile");
        var worker = await bench.NextWorkerAsync();

        worker.Hold();
        _ = await worker.RestoreAsync("c", bench.Configuration(), isPaused: true);
        var dropped = await worker.DropAsync("c");
        _ = await worker.CreateAsync("c", bench.Configuration(changes: ("kafka.topic", "data_mqtt")));
        _ = await dropped.EndAsync();
        Assert.Equal((ConnectorState.Unassigned, 0), (bench.Info.State, bench.Info.Counts.Received));
        await worker.ReleaseAsync();
        await bench.RunningAsync();
        await bench.StoredAsync(1);

        Assert.Equal(["meanwhile"], bench.Values());
        Assert.Equal(0, bench.Info.Counts.Reconnects);
    }

    [Fact]
    public async Task Two_connectors_of_one_client_id_at_one_broker_are_refused()
    {
        await using var bench = await SessionBench.StartAsync();
        var worker = await bench.NextWorkerAsync();
        _ = await worker.CreateAsync("c", bench.Configuration(changes: ("mqtt.client.id", "attic")));

        var error = await Assert.ThrowsAsync<ConnectException>(
            () => worker.CreateAsync("d", bench.Configuration(changes: ("mqtt.client.id", "attic"))));

        Assert.Equal(
            $"connector 'd': its client id is 'attic', as that of connector 'c' at {bench.Broker.Uri}; give it another 'mqtt.client.id'",
            error.Message);
        await bench.RunningAsync();
        Assert.True(bench.Broker.HasSubscribed("attic"));
    }
}
