using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker.Keeping;

/// <summary>What a broker with a folder keeps over its end. A copy of the folder is what a kill at that moment leaves.</summary>
public sealed class KeptBrokerTests : IDisposable
{
    private static readonly byte[] Expires60 = [0x11, 0, 0, 0, 60];

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLog _log = new();
    private int _kills;

    private string State => _folder.File("state");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retained_messages_are_there_after_the_end(bool isKilled)
    {
        var broker = await StartAsync(State);
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "a", "first", "-q", "1", "-r"));
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "a", "second", "-q", "1", "-r"));
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "b", "third", "-q", "2", "-r"));
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "b", "", "-q", "1", "-r"));

        await using var next = await AgainAsync(broker, isKilled);
        var lines = await MosquittoClient.SubscribeAsync(next.Endpoint, "#", "-C", "1", "-F", "%t %p %q %r");

        Assert.Equal(["a second 0 1"], lines);
        Assert.Equal(1, next.Counts.Retained);
        Assert.Equal(1, (int)_log.Of(1052)[^1].Fields["Retained"]!);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public async Task A_session_has_its_subscriptions_and_messages_after_the_end(int version, bool isKilled)
    {
        var broker = await StartAsync(State);
        await LeaveAsync(broker, version);
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "a", "x", "-q", "1"));
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "a", "y", "-q", "0"));

        await using var next = await AgainAsync(broker, isKilled);
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(next.Endpoint, "a", "z", "-q", "1"));
        using var client = await BackAsync(next, version, isPresent: true);

        byte[] none = version == 5 ? [0] : [];
        Assert.Equal(Packet(0x32, [.. Text("a"), 0, 1, .. none, (byte)'x']), await client.ReadAsync());
        Assert.Equal(Packet(0x32, [.. Text("a"), 0, 2, .. none, (byte)'z']), await client.ReadAsync());
    }

    [Fact]
    public async Task What_was_acknowledged_or_unsubscribed_does_not_come_again()
    {
        var broker = await StartAsync(State);
        using (var client = await OpenAsync(broker))
        {
            await client.SendAsync(Connect(broker, 4, "away", flags: 0));
            await client.SendAsync(Packet(0x82, [0, 1, .. Text("a"), 1, .. Text("b"), 1]));
            _ = await client.ReadAsync();
            _ = await client.ReadAsync();
            _ = await MosquittoClient.PublishAsync(broker.Endpoint, "a", "x", "-q", "1");
            Assert.Equal((byte)'x', (await client.ReadAsync())![^1]);
            await client.SendAsync([0x40, 2, 0, 1]);
            await client.SendAsync(Packet(0xA2, [0, 2, .. Text("b")]));
            _ = await client.ReadAsync();
        }
        await broker.DisposeAsync();

        await using var next = await StartAsync(State);
        _ = await MosquittoClient.PublishAsync(next.Endpoint, "b", "y", "-q", "1");
        _ = await MosquittoClient.PublishAsync(next.Endpoint, "a", "z", "-q", "1");
        using var back = await BackAsync(next, 4, isPresent: true);

        Assert.Equal((byte)'z', (await back.ReadAsync())![^1]);
    }

    [Fact]
    public async Task QoS_2_to_a_subscriber_goes_on_where_it_was_when_the_broker_was_killed()
    {
        await using var broker = await StartAsync(State);
        using var client = await OpenAsync(broker);
        await client.SendAsync(Connect(broker, 4, "away", flags: 0));
        await client.SendAsync(Packet(0x82, [0, 1, .. Text("a"), 2]));
        _ = await client.ReadAsync();
        _ = await client.ReadAsync();
        _ = await MosquittoClient.PublishAsync(broker.Endpoint, "a", "x", "-q", "2");
        _ = await MosquittoClient.PublishAsync(broker.Endpoint, "a", "y", "-q", "2");
        Assert.Equal((byte)'x', (await client.ReadAsync())![^1]);
        Assert.Equal((byte)'y', (await client.ReadAsync())![^1]);
        await client.SendAsync([0x50, 2, 0, 1]);
        Assert.Equal([0x62, 2, 0, 1], await client.ReadAsync());

        await using var next = await StartAsync(Killed());
        using var back = await BackAsync(next, 4, isPresent: true);

        // The first one is there, and only its release is missing; the second comes as the same one again.
        Assert.Equal([0x62, 2, 0, 1], await back.ReadAsync());
        Assert.Equal(Packet(0x3C, [.. Text("a"), 0, 2, (byte)'y']), await back.ReadAsync());
    }

    [Fact]
    public async Task QoS_2_of_a_publisher_comes_once_although_the_broker_was_killed_before_its_release()
    {
        await using var broker = await StartAsync(State);
        using (var first = await OpenAsync(broker))
        {
            await first.SendAsync(Connect(broker, 4, "publisher", flags: 0));
            _ = await first.ReadAsync();
            await first.SendAsync(Packet(0x34, [.. Text("a"), 0, 7, 1]));
            Assert.Equal([0x50, 2, 0, 7], await first.ReadAsync());
        }

        await using var next = await StartAsync(Killed());
        var stored = 0;
        using var intake = next.Intake("a", _ => Task.FromResult(Interlocked.Increment(ref stored)));
        using var second = await OpenAsync(next);
        await second.SendAsync(Connect(next, 4, "publisher", flags: 0));
        _ = await second.ReadAsync();
        await second.SendAsync(Packet(0x3C, [.. Text("a"), 0, 7, 1]));
        var again = await second.ReadAsync();
        await second.SendAsync([0x62, 2, 0, 7]);
        var done = await second.ReadAsync();

        Assert.Equal([0x50, 2, 0, 7], again);
        Assert.Equal([0x70, 2, 0, 7], done);
        Assert.Equal(0, stored);
    }

    [Fact]
    public async Task A_subscription_that_had_not_got_its_retained_messages_gets_them_after_the_kill()
    {
        await using var broker = await StartAsync(State);
        _ = await MosquittoClient.PublishAsync(broker.Endpoint, "k/a", "x", "-q", "1", "-r");
        _ = await MosquittoClient.PublishAsync(broker.Endpoint, "k/b", "y", "-q", "1", "-r");
        using var client = await ConnectAsync(broker, 5, "away", [.. Expires60, 0x21, 0, 1]);
        await client.SendAsync(Packet(0x82, [0, 1, 0, .. Text("k/#"), 1]));
        Assert.Equal(0x90, (await client.ReadAsync())![0]);
        var first = (await client.ReadAsync())![^1];
        await WrittenAsync(broker);

        await using var next = await StartAsync(Killed());
        using var back = await BackAsync(next, 5, isPresent: true);
        var (again, other) = ((await back.ReadAsync())!, (await back.ReadAsync())!);

        // What was sent and not acknowledged comes first, as the same message again.
        Assert.Equal((0x3B, first), (again[0], again[^1]));
        Assert.Contains(other[^1], "xy"u8.ToArray());
    }

    [Fact]
    public async Task The_expiry_of_a_session_counts_over_the_restart()
    {
        var broker = await StartAsync(State);
        await LeaveAsync(broker, 5);
        _time.Advance(TimeSpan.FromSeconds(40));
        await broker.DisposeAsync();

        _time.Advance(TimeSpan.FromSeconds(15));
        broker = await StartAsync(State);
        using (var present = await BackAsync(broker, 5, isPresent: true))
        {
        }
        await broker.DisposeAsync();
        _time.Advance(TimeSpan.FromSeconds(61));

        await using var last = await StartAsync(State);
        using var absent = await BackAsync(last, 5, isPresent: false);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_session_that_ends_with_its_connection_is_not_kept(int version)
    {
        var broker = await StartAsync(State);
        using (var client = await ConnectAsync(broker, version, "away"))
        {
            byte[] none = version == 5 ? [0] : [];
            await client.SendAsync(Packet(0x82, [0, 1, .. none, .. Text("a"), 1]));
            _ = await client.ReadAsync();
        }
        await broker.DisposeAsync();

        await using var next = await StartAsync(State);
        using var back = await BackAsync(next, version, isPresent: false);
    }

    [Fact]
    public async Task The_bounds_hold_for_what_an_earlier_start_has_kept()
    {
        var broker = await StartAsync(State);
        await LeaveAsync(broker, 4);
        for (var i = 0; i < 5; i++)
            _ = await MosquittoClient.PublishAsync(broker.Endpoint, "a", $"{i}", "-q", "1");
        await broker.DisposeAsync();

        await using var next = await StartAsync(State, options => options with { MaxQueuedMessages = 2 });
        using var back = await BackAsync(next, 4, isPresent: true);

        Assert.Equal((byte)'3', (await back.ReadAsync())![^1]);
        Assert.Equal(3, next.Counts.QueueDropped);
    }

    [Fact]
    public async Task A_will_that_waits_is_published_after_its_delay_although_the_broker_was_killed_meanwhile()
    {
        await using var broker = await StartAsync(State);
        (await WithWillAsync(broker, Expires60, delay: 30)).Dispose();
        await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "it has gone");
        await WrittenAsync(broker);
        _time.Advance(TimeSpan.FromSeconds(20));

        await using var next = await StartAsync(Killed());
        var wills = Wills(next);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(wills);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["gone"], wills);
    }

    [Fact]
    public async Task A_client_that_does_not_come_back_after_a_kill_has_its_will_published()
    {
        await using var broker = await StartAsync(State);
        using var client = await WithWillAsync(broker, [], delay: 0);
        await WrittenAsync(broker);

        await using var next = await StartAsync(Killed());
        var wills = Wills(next);
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Empty(wills);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["gone"], wills);
        Assert.Equal(1, next.Counts.Retained);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_comes_back_after_a_kill_has_not(bool hasSession)
    {
        await using var broker = await StartAsync(State);
        byte[] properties = hasSession ? Expires60 : [];
        using var client = await WithWillAsync(broker, properties, delay: 0);
        await WrittenAsync(broker);

        await using var next = await StartAsync(Killed());
        var wills = Wills(next);
        using var back = await WithWillAsync(next, properties, delay: 0, flags: hasSession ? 0 : 2);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty(wills);
    }

    [Fact]
    public async Task A_damaged_file_is_named_and_the_broker_starts_with_what_stands_before()
    {
        var broker = await StartAsync(State);
        _ = await MosquittoClient.PublishAsync(broker.Endpoint, "a", "x", "-q", "1", "-r");
        _ = await MosquittoClient.PublishAsync(broker.Endpoint, "b", "damaged", "-q", "1", "-r");
        _ = await MosquittoClient.PublishAsync(broker.Endpoint, "c", "y", "-q", "1", "-r");
        await broker.DisposeAsync();
        var file = Path.Combine(State, "state.journal");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        bytes[bytes.AsSpan().IndexOf("damaged"u8)] = (byte)'D';
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);

        await using var next = await StartAsync(State);

        Assert.Equal(1, next.Counts.Retained);
        var logged = _log.Single(1053);
        Assert.Equal(file, logged.Fields["Path"]);
        Assert.True(File.Exists($"{logged.Fields["Aside"]}"));
    }

    [Fact]
    public async Task While_the_disk_is_full_no_message_that_has_to_be_kept_is_acknowledged_and_then_they_are_again()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.File("disk"), "1m");
        var state = Path.Combine(disk.Folder, "state");
        var broker = await StartAsync(state);
        await LeaveAsync(broker, 4);
        disk.Fill();

        var full = await MosquittoClient.PublishAsync(broker.Endpoint, "a", new string('x', 10_000), "-q", "1");
        var passing = await MosquittoClient.PublishAsync(broker.Endpoint, "other", "y", "-q", "1");
        disk.Free();
        _time.Advance(TimeSpan.FromSeconds(1));
        _ = await _log.WaitForAsync(1055);
        var after = await MosquittoClient.PublishAsync(broker.Endpoint, "a", "z", "-q", "1");
        await broker.DisposeAsync();
        await using var next = await StartAsync(state);
        using var back = await BackAsync(next, 4, isPresent: true);

        Assert.NotEqual(0, full.Code);
        Assert.Equal((0, ""), passing);
        Assert.Equal((0, ""), after);
        // It was taken in memory, and is sent once more by a publisher that was not answered.
        Assert.Equal((byte)'x', (await back.ReadAsync())![^1]);
        Assert.Equal((byte)'z', (await back.ReadAsync())![^1]);
        _ = _log.Single(1054);
    }

    private Task<EmbeddedBroker> StartAsync(string state, Func<BrokerOptions, BrokerOptions>? change = null)
    {
        var options = new BrokerOptions { StateFolder = state, Password = "right", Time = _time, Loggers = _log };
        return EmbeddedBroker.StartAsync(change?.Invoke(options) ?? options);
    }

    private async Task<EmbeddedBroker> AgainAsync(EmbeddedBroker broker, bool isKilled)
    {
        var copy = isKilled ? Killed() : State;
        await broker.DisposeAsync();
        return await StartAsync(copy);
    }

    private string Killed()
    {
        var copy = Directory.CreateDirectory(_folder.File($"killed-{_kills++}")).FullName;
        foreach (var file in Directory.GetFiles(State))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    /// <summary>Waits until all changes before are in the file: each is written in its order.</summary>
    private static async Task WrittenAsync(EmbeddedBroker broker) =>
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "marker", "", "-q", "1", "-r"));

    private static async Task LeaveAsync(EmbeddedBroker broker, int version)
    {
        using (var client = await OpenAsync(broker))
        {
            var flags = version == 5 ? 2 : 0;
            await client.SendAsync(Connect(broker, version, "away", flags, properties: Expires60));
            _ = await client.ReadAsync();
            byte[] none = version == 5 ? [0] : [];
            await client.SendAsync(Packet(0x82, [0, 1, .. none, .. Text("a"), 1]));
            _ = await client.ReadAsync();
        }
        await Eventually.TrueAsync(() => broker.Counts.Connections == 0, "it has gone");
    }

    private static async Task<RawClient> BackAsync(EmbeddedBroker broker, int version, bool isPresent)
    {
        var client = await OpenAsync(broker);
        await client.SendAsync(Connect(broker, version, "away", flags: 0, properties: Expires60));
        Assert.Equal(isPresent ? 1 : 0, (await client.ReadAsync())![2]);
        return client;
    }

    private static async Task<RawClient> WithWillAsync(EmbeddedBroker broker, byte[] properties, byte delay, int flags = 2)
    {
        var client = await OpenAsync(broker);
        byte[] will = [5, 0x18, 0, 0, 0, delay, .. Text("status"), .. Text("gone")];
        await client.SendAsync(Connect(broker, 5, "with-will", flags | 0x04 | 0x08 | 0x20, will, properties));
        Assert.Equal(0, (await client.ReadAsync())![3]);
        return client;
    }

    private static ConcurrentQueue<string> Wills(EmbeddedBroker broker)
    {
        var wills = new ConcurrentQueue<string>();
        _ = broker.Intake("status", message =>
        {
            wills.Enqueue(message.Text());
            return Task.CompletedTask;
        });
        return wills;
    }
}
