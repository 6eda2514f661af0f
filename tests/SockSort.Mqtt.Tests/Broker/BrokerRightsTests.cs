using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SockSort.Mqtt.Broker;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class BrokerRightsTests : IDisposable
{
    private const string Lines = """
        # of clients without a user
        topic read public/#

        user desk
        topic write sockfound
        topic read socks/#
        topic deny socks/secret/#
        topic house/lamp

        user sorter
        topic read #

        pattern write socksort/%u/status
        pattern read to/%c
        pattern deny forbidden/#
        """;

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly RecordedLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("desk", "sockfound", false, true)]
    [InlineData("desk", "socks/a", true, false)]
    [InlineData("desk", "socks/secret/a", false, false)]
    [InlineData("desk", "house/lamp", true, true)]
    [InlineData("desk", "house/other", false, false)]
    [InlineData("desk", "public/a", false, false)]
    [InlineData("desk", "socksort/desk/status", false, true)]
    [InlineData("desk", "socksort/other/status", false, false)]
    [InlineData("desk", "to/client", true, false)]
    [InlineData("desk", "to/other", false, false)]
    [InlineData("sorter", "forbidden/a", true, false)]
    [InlineData("sorter", "$SYS/a", false, false)]
    [InlineData("unknown", "socksort/unknown/status", false, true)]
    [InlineData("unknown", "sockfound", false, false)]
    [InlineData("a/b", "socksort/a/b/status", false, false)]
    [InlineData("+", "socksort/desk/status", false, false)]
    public void Each_user_may_what_the_file_says(string user, string topic, bool reads, bool writes)
    {
        var rights = Load(Lines).Of(user, "client");

        Assert.Equal((reads, writes), (rights.MayRead(topic), rights.MayWrite(topic)));
    }

    [Theory]
    [InlineData("socks/#", true)]
    [InlineData("socks/+/a", true)]
    [InlineData("#", true)]
    [InlineData("+", true)]
    [InlineData("elsewhere/+", false)]
    [InlineData("socks", true)]
    [InlineData("socks/secret/#", false)]
    [InlineData("socks/secret/+/b", false)]
    [InlineData("house/+", true)]
    [InlineData("house", false)]
    [InlineData("sockfound", false)]
    [InlineData("$SYS/#", false)]
    public void A_subscription_is_taken_where_some_message_may_come_of_it(string filter, bool may) =>
        Assert.Equal(may, Load(Lines).Of("desk", "client").MaySubscribe(filter));

    [Theory]
    [InlineData("usr desk", "begins with 'usr'")]
    [InlineData("user", "has no name behind 'user'")]
    [InlineData("topic", "has no topic")]
    [InlineData("topic reads a", "has 'reads' where read, write, readwrite or deny is expected")]
    [InlineData("topic a/#/b", "has no topic filter: topic filter 'a/#/b' is not allowed: '#' may only be its last level, "
        + "and '+' must be a whole level")]
    public void A_wrong_line_is_named(string line, string problem)
    {
        var path = _folder.Write("acl", "# comment\n\n" + line);

        var error = Assert.Throws<MqttException>(() => BrokerRights.Load(path));

        Assert.Equal($"{path}:3: {problem}, expected 'user NAME', 'topic [read|write|readwrite|deny] FILTER' or "
            + "'pattern [read|write|readwrite|deny] FILTER' with %u for the user and %c for the client id", error.Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<MqttException>(() => BrokerRights.Load(_folder.File("none")));

        Assert.StartsWith($"{_folder.File("none")}: the rights to topics can't be read (", error.Message);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311, 0, 0x80)]
    [InlineData(MqttProtocolVersion.V500, 0x87, 0x87)]
    public async Task What_a_user_may_not_is_refused_and_counted(MqttProtocolVersion version, int published, int subscribed)
    {
        await using var broker = await StartAsync();
        var stored = 0;
        using var intake = broker.Intake("#", _ => Task.FromResult(Interlocked.Increment(ref stored)));
        using var client = await TestClient.ConnectAsync(Desk(broker), version: version);

        var publishing = await client.PublishAsync("elsewhere", "x");
        var subscribing = await client.SubscribeAsync("elsewhere");
        var sharing = await client.SubscribeAsync("$share/g/elsewhere");
        var allowed = await client.PublishAsync("sockfound", "x", qos: 2);

        Assert.Equal(published, (int)publishing.ReasonCode);
        Assert.Equal(subscribed, (int)subscribing.Items.Single().ResultCode);
        Assert.Equal(subscribed, (int)sharing.Items.Single().ResultCode);
        Assert.True(allowed.IsSuccess);
        Assert.Equal(1, stored);
        Assert.Equal(1, broker.Counts.Refusals["PUBLISH to a topic that the user may not write"]);
        Assert.Equal(2, broker.Counts.Refusals["a subscription to topics that the user may not read"]);
    }

    [Fact]
    public async Task Of_a_wide_subscription_only_what_the_user_may_read_comes_retained_or_new()
    {
        await using var broker = await StartAsync();
        foreach (var topic in new[] { "socks/a", "socks/secret/a", "other" })
            Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, topic, "retained", "-q", "1", "-r"));

        var receiving = MosquittoClient.SubscribeAsync(Desk(broker), "#", "-q", "1", "-C", "2", "-F", "%t %p");
        using var own = await TestClient.ConnectAsync(broker.Endpoint);
        await Eventually.TrueAsync(
            async () => (await own.PublishAsync("socks/secret/a", "new")).ReasonCode == MqttClientPublishReasonCode.Success, "it listens");
        _ = await own.PublishAsync("socks/a", "new");

        Assert.Equal(["socks/a new", "socks/a retained"], (await receiving).Order());
    }

    [Fact]
    public async Task A_message_of_a_group_goes_to_the_next_member_that_may_read_it()
    {
        await using var broker = await StartAsync();
        var (ofDesk, ofSorter) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        using var desk = await MemberAsync(Desk(broker), ofDesk);
        using var sorter = await MemberAsync(Sorter(broker), ofSorter);
        using var own = await TestClient.ConnectAsync(broker.Endpoint);

        foreach (var topic in new[] { "socks/secret/1", "socks/secret/2", "socks/a", "socks/secret/3", "socks/b" })
            Assert.Equal(MqttClientPublishReasonCode.Success, (await own.PublishAsync(topic, "x")).ReasonCode);

        await Eventually.TrueAsync(() => ofDesk.Count + ofSorter.Count == 5, "all have come");
        Assert.Equal(["socks/a", "socks/b"], ofDesk);
        Assert.Equal(["socks/secret/1", "socks/secret/2", "socks/secret/3"], ofSorter);
    }

    [Fact]
    public async Task A_message_that_nobody_of_a_group_may_read_has_no_receiver()
    {
        await using var broker = await StartAsync();
        using var desk = await MemberAsync(Desk(broker), []);
        using var own = await TestClient.ConnectAsync(broker.Endpoint);

        var publishing = await own.PublishAsync("socks/secret/1", "x");

        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, publishing.ReasonCode);
    }

    [Fact]
    public async Task What_waits_for_a_member_that_has_gone_goes_to_none_that_may_not_read_it()
    {
        await using var broker = await StartAsync();
        string[] member = ["-q", "1", "-c", "-i", "sorter"];
        _ = await MosquittoClient.SubscribeAsync(Sorter(broker), "$share/g/socks/#", [.. member, "-E"]);
        foreach (var topic in new[] { "socks/secret/a", "socks/a" })
            Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, topic, topic, "-q", "1"));

        var ofDesk = await MosquittoClient.SubscribeAsync(Desk(broker), "$share/g/socks/#", "-q", "1", "-C", "1");
        var ofSorter = await MosquittoClient.SubscribeAsync(Sorter(broker), "$share/g/socks/#", [.. member, "-C", "1"]);

        Assert.Equal(["socks/a"], ofDesk);
        Assert.Equal(["socks/secret/a"], ofSorter);
    }

    [Fact]
    public async Task A_will_to_a_topic_that_the_user_may_not_write_is_refused_at_the_login()
    {
        await using var broker = await StartAsync();

        var (code, error) = await MosquittoClient.PublishAsync(Desk(broker), "sockfound", "x", "-V", "5", "--will-topic", "elsewhere");

        Assert.NotEqual(0, code);
        Assert.Contains("Not authorized", error);
    }

    [Fact]
    public async Task The_parts_of_the_process_may_all()
    {
        await using var broker = await StartAsync();

        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "elsewhere", "x", "-q", "1", "-V", "5"));
        Assert.Empty(broker.Counts.Refusals);
    }

    [Fact]
    public async Task A_changed_file_counts_for_those_that_are_there_and_a_wrong_one_leaves_the_rights_as_they_were()
    {
        await using var broker = await StartAsync();
        using var client = await TestClient.ConnectAsync(Desk(broker));
        Assert.False((await client.PublishAsync("elsewhere", "x")).IsSuccess);

        Change("user desk\ntopic elsewhere", 1);
        Assert.True((await client.PublishAsync("elsewhere", "x")).IsSuccess);
        Change("user desk\ntopick nothing", 2);
        Assert.True((await client.PublishAsync("elsewhere", "x")).IsSuccess);

        Assert.Contains("acl:2: begins with 'topick'", _log.Single(1056).Message);
    }

    [Fact]
    public async Task A_session_belongs_to_its_user()
    {
        await using var broker = await StartAsync();
        using (var first = await TestClient.ConnectAsync(Desk(broker), "same", MqttProtocolVersion.V311, clean: false))
            _ = await first.SubscribeAsync("socks/a", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.Equal((0, ""), await MosquittoClient.PublishAsync(broker.Endpoint, "socks/a", "secret", "-q", "1"));

        var lines = await MosquittoClient.SubscribeAsync(Sorter(broker), "to/same", "-i", "same", "-c", "-E");

        Assert.Empty(lines);
    }

    private static MqttEndpoint Desk(EmbeddedBroker broker) => broker.Endpoint with { User = "desk", Password = "secret" };

    private static MqttEndpoint Sorter(EmbeddedBroker broker) => broker.Endpoint with { User = "sorter", Password = "other" };

    /// <summary>Subscribes to <c>socks/#</c> as one of a group, and puts down the topics of what comes.</summary>
    private static async Task<IMqttClient> MemberAsync(MqttEndpoint endpoint, ConcurrentQueue<string> topics)
    {
        var client = await TestClient.ConnectAsync(endpoint, received: message => topics.Enqueue(message.Topic));
        _ = await client.SubscribeAsync("$share/g/socks/#", MqttQualityOfServiceLevel.AtLeastOnce);
        return client;
    }

    private BrokerRights Load(string lines) => BrokerRights.Load(_folder.Write("acl", lines));

    private Task<EmbeddedBroker> StartAsync()
    {
        var users = _folder.File("users");
        BrokerUsers.Set(users, "desk", "secret");
        BrokerUsers.Set(users, "sorter", "other");
        return EmbeddedBroker.StartAsync(new BrokerOptions
        {
            Users = BrokerUsers.Load(users),
            Rights = Load(Lines),
            Time = _time,
            Loggers = _log,
        });
    }

    private void Change(string lines, int minutes)
    {
        var path = _folder.Write("acl", lines);
        // The file system's own times may be too coarse to tell two changes of a test apart.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(minutes));
        _time.Advance(TimeSpan.FromSeconds(1));
    }
}
