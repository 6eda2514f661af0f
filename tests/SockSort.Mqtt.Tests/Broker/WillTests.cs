using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SockSort.Mqtt.Broker;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.Broker.RawClient;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class WillTests : IAsyncLifetime
{
    private static readonly byte[] Expires60 = [0x11, 0, 0, 0, 60];

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _wills = [];
    private EmbeddedBroker _broker = null!;

    public async ValueTask InitializeAsync()
    {
        _broker = await EmbeddedBroker.StartAsync(new BrokerOptions { Time = _time });
        _ = _broker.Intake("status", message =>
        {
            _wills.Enqueue($"{message.Text()} {message.Qos} {message.Retained}");
            return Task.CompletedTask;
        });
    }

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Without_a_delay_it_is_published_when_the_connection_is_lost(int version)
    {
        await LoseAsync(await WithWillAsync(version, delay: 0));

        Assert.Equal(["gone 1 True"], _wills);
    }

    [Fact]
    public async Task With_a_delay_it_is_published_when_the_delay_is_over()
    {
        await LoseAsync(await WithWillAsync(5, delay: 30, Expires60));

        _time.Advance(TimeSpan.FromSeconds(29));
        var before = _wills.Count;
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((0, 1), (before, _wills.Count));
    }

    [Fact]
    public async Task A_client_that_is_back_before_cancels_it()
    {
        await LoseAsync(await WithWillAsync(5, delay: 30, Expires60));

        _time.Advance(TimeSpan.FromSeconds(29));
        using var back = await WithWillAsync(5, delay: 30, Expires60, flags: 0);
        _time.Advance(TimeSpan.FromSeconds(60));

        Assert.Empty(_wills);
    }

    [Fact]
    public async Task A_client_that_is_back_with_a_new_session_ends_the_old_one_and_so_publishes_it()
    {
        await LoseAsync(await WithWillAsync(5, delay: 30, Expires60));

        using var back = await ConnectAsync(_broker, 5, "with-will");

        Assert.Equal(["gone 1 True"], _wills);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public async Task The_end_of_the_session_publishes_it_before_the_delay_is_over(byte expiry)
    {
        await LoseAsync(await WithWillAsync(5, delay: 30, [0x11, 0, 0, 0, expiry]));

        _time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(["gone 1 True"], _wills);
    }

    [Theory]
    [InlineData(4, new byte[] { 0xE0, 0 }, 0)]
    [InlineData(5, new byte[] { 0xE0, 0 }, 0)]
    [InlineData(5, new byte[] { 0xE0, 1, 0 }, 0)]
    [InlineData(5, new byte[] { 0xE0, 1, 4 }, 1)]
    [InlineData(5, new byte[] { 0xE0, 1, 0x80 }, 1)]
    public async Task A_client_that_says_goodbye_takes_it_along_unless_it_says_otherwise(int version, byte[] goodbye, int wills)
    {
        using var client = await WithWillAsync(version, delay: 0);

        await client.SendAsync(goodbye);
        Assert.Null(await client.ReadAsync());

        await Eventually.TrueAsync(() => _broker.Counts.Connections == 0, "it has gone");
        Assert.Equal(wills, _wills.Count);
    }

    [Fact]
    public async Task A_forbidden_packet_publishes_it()
    {
        using var client = await WithWillAsync(4, delay: 0);

        await client.SendAsync(Packet(0x30, Text("a/#")));
        Assert.Null(await client.ReadAsync());

        await Eventually.TrueAsync(() => !_wills.IsEmpty, "it is published");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(30, 0)]
    public async Task A_connection_that_takes_the_place_of_another_publishes_it_only_without_a_delay(byte delay, int wills)
    {
        using var first = await WithWillAsync(5, delay, Expires60);

        using var second = await WithWillAsync(5, delay, Expires60, flags: 0);

        Assert.Equal(wills, _wills.Count);
    }

    [Fact]
    public async Task The_end_of_the_broker_publishes_those_that_wait_and_those_of_the_clients_that_are_there()
    {
        await LoseAsync(await WithWillAsync(5, delay: 30, Expires60));
        using var there = await ConnectAsync(_broker, 5, "there");
        var sent = Connect(_broker, 5, "other", 0x02 | 0x04, [0, .. Text("status"), .. Text("ended")]);
        using var other = await OpenAsync(_broker);
        await other.SendAsync(sent);
        _ = await other.ReadAsync();

        await _broker.DisposeAsync();

        Assert.Equal(["ended 0 False", "gone 1 True"], _wills.Order());
    }

    [Fact]
    public async Task A_retained_one_greets_later_subscribers()
    {
        await LoseAsync(await WithWillAsync(4, delay: 0));

        var lines = await MosquittoClient.SubscribeAsync(_broker.Endpoint, "status", "-C", "1", "-F", "%p %r");

        Assert.Equal(["gone 1"], lines);
    }

    [Theory]
    [InlineData(4, new byte[] { 0x20, 2, 0, 5 })]
    [InlineData(5, null)]
    public async Task No_will_goes_below_SYS(int version, byte[]? answer)
    {
        using var client = await OpenAsync(_broker);

        byte[] none = version == 5 ? [0] : [];
        await client.SendAsync(Connect(_broker, version, "with-will", 0x02 | 0x04, [.. none, .. Text("$SYS/x"), .. Text("m")]));
        var told = await client.ReadAsync();

        Assert.Equal(answer ?? [told![0], told[1], 0, 0x87], answer is null ? told![..4] : told);
        Assert.Null(await client.ReadAsync());
    }

    private async Task<RawClient> WithWillAsync(int version, byte delay, byte[]? properties = null, int flags = 0x02)
    {
        byte[] ofWill = version == 5 ? [5, 0x18, 0, 0, 0, delay] : [];
        var client = await OpenAsync(_broker);
        // A retained will of QoS 1.
        byte[] will = [.. ofWill, .. Text("status"), .. Text("gone")];
        await client.SendAsync(Connect(_broker, version, "with-will", flags | 0x04 | 0x08 | 0x20, will, properties));
        Assert.Equal(0, (await client.ReadAsync())![3]);
        return client;
    }

    private async Task LoseAsync(RawClient client)
    {
        client.Dispose();
        await Eventually.TrueAsync(() => _broker.Counts.Connections == 0, "the broker has seen it go");
    }
}
