using System.Collections.Concurrent;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.VersionedBroker;

namespace SockSort.Mqtt.Tests.Publishing;

/// <summary>A user who may write some topics only.</summary>
public sealed class RefusedTopicTests : IDisposable
{
    private const string Status = "socksort/one/status";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<RefusedTopic> _named = new();

    public void Dispose() => _folder.Dispose();

    /// <param name="queued">Mosquitto's limit of queued messages: without one (0) it closes the connection, too.</param>
    [Theory]
    [InlineData(MqttVersion.V5, 1000)]
    [InlineData(MqttVersion.V5, 0)]
    [InlineData(MqttVersion.V311, 1000)]
    [InlineData(MqttVersion.V311, 0)]
    public async Task Given_a_user_of_Mosquitto_who_may_write_the_data_topic_only_expect_the_data_to_be_delivered(
        MqttVersion version, int queued)
    {
        await using var broker = await MosquittoAllowingAsync("topic write sockfound", queued);
        await using var publisher = Publishing(Endpoint(broker) with { Version = version });

        var flushed = await PublishAsync(publisher, 50);
        if (version == MqttVersion.V5)
            await Eventually.TrueAsync(() => !_named.IsEmpty, "the status topic is named");

        Assert.True(flushed);
        Assert.Equal((50, 0), (publisher.Status.Acknowledged, publisher.Status.Lost));
        Assert.All(_named, topic => Assert.Equal(Status, topic.Topic));
        // As a message and as a last will, each once.
        Assert.Equal(_named.Count, _named.Select(topic => topic.IsWill).Distinct().Count());
    }

    [Fact]
    public async Task Given_a_user_who_may_not_write_the_data_topic_expect_each_message_to_be_counted_and_the_topic_to_be_named_once()
    {
        await using var broker = await MosquittoAllowingAsync($"topic write {Status}");
        await using var publisher = Publishing(Endpoint(broker));

        var flushed = await PublishAsync(publisher, 50);

        Assert.True(flushed);
        Assert.Equal((0, 50, 50), (publisher.Status.Acknowledged, publisher.Status.Rejected, publisher.Status.Lost));
        Assert.Equal(("sockfound", 0x87), (Assert.Single(_named).Topic, _named.First().ReasonCode));
        Assert.Equal(
            "the broker has refused a message to 'sockfound': NotAuthorized (0x87); this user may not publish there",
            publisher.Status.LastRejection);
    }

    /// <summary>What a broker does with the status: a PUBACK with a code, a DISCONNECT with a code, or just an end.</summary>
    public static TheoryData<string, int?> StatusRefusals =>
        new() { { "PUBACK 0x87", 0x87 }, { "PUBACK 0x83", 0x83 }, { "DISCONNECT 0x87", 0x87 }, { "close", null } };

    [Theory, MemberData(nameof(StatusRefusals))]
    public async Task A_refused_status_holds_up_no_message(string refusal, int? code)
    {
        await using var broker = Start(Accept, topic => topic == Status ? RefusalOf(refusal) : Silence);
        await using var publisher = Publishing(broker.Endpoint);
        await Eventually.TrueAsync(() => !_named.IsEmpty, "the status topic is named");

        var flushed = await PublishAsync(publisher, 50);

        Assert.True(flushed);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"sockfound {i}"), broker.Messages);
        Assert.Equal((Status, code), (Assert.Single(_named).Topic, _named.First().ReasonCode));
        Assert.InRange(broker.Sent.Count(topic => topic == Status), 1, 2);
    }

    [Fact]
    public async Task Messages_that_wait_go_before_the_status()
    {
        await using var broker = Start(Accept, topic => topic == Status ? Close : Silence);
        await using var publisher = Publishing(broker.Endpoint, messages: 50);

        await Eventually.TrueAsync(() => broker.Sent.Contains(Status), "the status was sent");

        Assert.Equal("sockfound 0", broker.Messages.First());
        Assert.Equal("sockfound", broker.Sent.First());
    }

    [Fact]
    public async Task A_status_that_is_refused_is_not_said_at_the_end()
    {
        await using var broker = Start(Accept, topic => topic == Status ? RefusalOf("PUBACK 0x87") : Silence);
        var publisher = Publishing(broker.Endpoint);
        await Eventually.TrueAsync(() => !_named.IsEmpty, "the status topic is named");

        await publisher.DisposeAsync();

        Assert.Equal(Status, Assert.Single(broker.Sent));
    }

    /// <summary>What a broker answers to a CONNECT with a will that it does not allow.</summary>
    public static TheoryData<string> WillRefusals => ["0x87", "0x90", "0x9A", "close"];

    [Theory, MemberData(nameof(WillRefusals))]
    public async Task A_last_will_that_is_refused_holds_up_no_message(string refusal)
    {
        var answer = refusal == "close" ? Close : Answer5(Convert.ToByte(refusal, 16));
        await using var broker = Start(greeting => greeting.HasWill ? answer : Accept(greeting));
        await using var publisher = Publishing(broker.Endpoint);

        var flushed = await PublishAsync(publisher, 50);

        Assert.True(flushed);
        var named = Assert.Single(_named);
        Assert.Equal((Status, true), (named.Topic, named.IsWill));
        Assert.StartsWith(
            $"the broker lets this client in only without its last will to '{Status}': nothing will tell there that it was cut off (",
            named.Problem);
        await Eventually.TrueAsync(() => broker.Messages.Contains($"{Status} online"), "the status follows the messages");
    }

    [Fact]
    public async Task A_wrong_password_is_not_blamed_on_the_last_will()
    {
        await using var broker = Start(_ => Answer5(0x87));
        await using var publisher = Publishing(broker.Endpoint with { User = "ann", Password = "wrong" });

        await Eventually.TrueAsync(() => broker.Levels.Count > 3, "it has tried again");

        Assert.Equal(
            (ConnectionState.WrongCredentials, $"{broker.Endpoint} refuses user 'ann': wrong user or password"),
            (publisher.Status.State, publisher.Status.LastError));
        Assert.Empty(_named);
    }

    /// <summary>DISCONNECTs of a broker at the first message, and what is said of them.</summary>
    public static TheoryData<byte, string?, ConnectionState, string> Ends => new()
    {
        { 0x87, null, ConnectionState.Refused, "has closed the connection: NotAuthorized (0x87), after a message to 'sockfound': this "
            + "user may not publish there" },
        { 0x97, "the disk is full", ConnectionState.Refused, "has closed the connection: QuotaExceeded (0x97), the disk is full" },
        { 0x83, "topic 'sockfound' can't be stored: the disk is full", ConnectionState.Refused,
            "has closed the connection: ImplementationSpecificError (0x83), topic 'sockfound' can't be stored: the disk is full" },
        { 0x8B, null, ConnectionState.Disconnected, "has closed the connection: ServerShuttingDown (0x8B)" },
        { 0x95, null, ConnectionState.Refused, "has closed the connection: PacketTooLarge (0x95)" },
        { 0x8E, null, ConnectionState.TakenOver,
            "has closed the connection: SessionTakenOver (0x8E); another client connected with the same client id: give each "
                + "client an id of its own" },
    };

    [Theory, MemberData(nameof(Ends))]
    public async Task A_connection_that_is_closed_for_a_reason_says_it(byte code, string? reason, ConnectionState state, string message)
    {
        await using var broker = Start(Accept, _ => Disconnect(code, reason));
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        _ = publisher.Publish("sockfound", "one");
        await Eventually.TrueAsync(() => publisher.Status.State == state, "the state is told");

        Assert.Equal($"{broker.Endpoint} {message}", publisher.Status.LastError);
        Assert.Equal((0, 1), (publisher.Status.Lost, publisher.Status.Waiting + publisher.Status.InFlight));
    }

    [Fact]
    public async Task A_connection_that_is_closed_without_a_reason_says_so()
    {
        await using var broker = Start(Accept, _ => Close);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        _ = publisher.Publish("sockfound", "one");
        await Eventually.TrueAsync(() => publisher.Status.State == ConnectionState.Disconnected, "the loss is told");

        Assert.Equal($"the connection to {broker.Endpoint} was lost: the broker has closed it", publisher.Status.LastError);
    }

    [Fact]
    public async Task A_broker_that_closes_right_after_it_has_accepted_is_told_of_and_not_taken_for_an_old_one()
    {
        await using var broker = ScriptedBroker.Start(client => client.AcceptAsync());
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });

        await Eventually.TrueAsync(() => broker.Connections >= 4, "it has tried again");

        Assert.Equal(
            (MqttVersion.V5, $"the connection to {broker.Endpoint} was lost: the broker has closed it"),
            (publisher.Status.Version, publisher.Status.LastError));
    }


    private static byte[]? RefusalOf(string refusal) => refusal switch
    {
        "PUBACK 0x87" => [0x40, 3, 0, 0, 0x87],
        "PUBACK 0x83" => [0x40, 3, 0, 0, 0x83],
        "DISCONNECT 0x87" => Disconnect(0x87, null),
        _ => Close,
    };

    private static byte[] Disconnect(byte code, string? reason)
    {
        byte[] properties = reason is null ? [] : [0x1F, 0, (byte)reason.Length, .. System.Text.Encoding.UTF8.GetBytes(reason)];
        return [0xE0, (byte)(2 + properties.Length), code, (byte)properties.Length, .. properties];
    }

    private MqttPublisher Publishing(MqttEndpoint endpoint, int messages = 0)
    {
        var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint, StatusTopic = Status });
        publisher.TopicRefused += _named.Enqueue;
        // It may have connected, and been refused, before somebody listened.
        foreach (var topic in publisher.Status.RefusedTopics.Where(topic => !_named.Contains(topic)))
            _named.Enqueue(topic);
        for (var i = 0; i < messages; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        return publisher;
    }

    private static async Task<bool> PublishAsync(MqttPublisher publisher, int messages)
    {
        for (var i = 0; i < messages; i++)
            _ = publisher.Publish("sockfound", $"{i}");
        return await publisher.FlushAsync(Limit);
    }

    private Task<Mosquitto> MosquittoAllowingAsync(string rule, int queued = 1000) =>
        Mosquitto.StartAsync(
            _folder, settings: $"acl_file {_folder.Write("acl", $"user {Mosquitto.User}\n{rule}\n")}\nmax_queued_messages {queued}");

    private static MqttEndpoint Endpoint(Mosquitto broker) => MqttEndpoint.Parse(broker.Uri, Mosquitto.User, Mosquitto.Password);
}
