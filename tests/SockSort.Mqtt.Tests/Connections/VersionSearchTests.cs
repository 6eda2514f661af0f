using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Connections.Opening;
using static SockSort.Mqtt.Tests.VersionedBroker;

namespace SockSort.Mqtt.Tests.Connections;

/// <summary>Which version of MQTT a broker is spoken to in.</summary>
public class VersionSearchTests
{
    private readonly KnownVersions _known = new(TimeProvider.System);

    /// <summary>What brokers of 3.1.1 only answer to a CONNECT of MQTT 5.</summary>
    public static TheoryData<string> Refusals =>
        ["code 1", "code 1, form of 5", "code 0x84", "accepted in the form of 3", "code 2", "code 3", "code 4", "code 5"];

    [Theory, MemberData(nameof(Refusals))]
    public async Task An_answer_that_a_broker_of_MQTT_5_does_not_give_is_followed_by_MQTT_3_1_1(string refusal)
    {
        await using var broker = Speaking(4, AnswerOf(refusal));

        await using var connection = await OpenAsync(broker);

        Assert.Equal(MqttVersion.V311, connection.Spoken);
        Assert.Equal([5, 4], broker.Levels);
    }

    [Fact]
    public async Task A_broker_that_closes_on_5_is_spoken_to_in_3_1_1_when_a_stranger_was_answered_in_that_and_5_was_closed_again()
    {
        await using var broker = Speaking(4, Close);

        await using var connection = await OpenAsync(broker);

        Assert.Equal(MqttVersion.V311, connection.Spoken);
        Assert.Equal([5, 4, 5, 4], broker.Levels);
        Assert.NotEqual("sock", broker.ClientIds.ElementAt(1));
        Assert.Equal("sock", broker.ClientIds.ElementAt(3));
    }

    [Fact]
    public async Task A_broker_that_says_nothing_to_5_is_spoken_to_in_3_1_1()
    {
        await using var broker = Speaking(4, Silence);

        await using var connection = await OpenAsync(broker);

        Assert.Equal(MqttVersion.V311, connection.Spoken);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_broker_of_5_that_closes_some_connections_as_it_starts_is_spoken_to_in_5(int closed)
    {
        await using var broker = Start(greeting => greeting.Number <= closed ? Close : Accept(greeting));

        await using var connection = await OpenAsync(broker);

        Assert.Equal(MqttVersion.V5, connection.Spoken);
        Assert.Null(_known.Find(broker.Endpoint));
    }

    [Theory]
    [InlineData("code 1")]
    [InlineData("close")]
    public async Task The_version_of_a_broker_is_remembered(string refusal)
    {
        await using var broker = Speaking(4, AnswerOf(refusal));
        await using (await OpenAsync(broker))
            broker.Levels.Clear();

        await using var connection = await OpenAsync(broker);

        Assert.Equal([4], broker.Levels);
    }

    [Fact]
    public async Task A_broker_that_was_replaced_by_one_of_5_only_is_spoken_to_in_5_again()
    {
        await using var broker = Speaking(5, Answer3(1));
        _known.Learn(broker.Endpoint, MqttVersion.V311);

        await using var connection = await OpenAsync(broker);

        Assert.Equal(MqttVersion.V5, connection.Spoken);
        Assert.Equal([4, 5], broker.Levels);
        Assert.Null(_known.Find(broker.Endpoint));
    }

    [Theory]
    [InlineData("code 1", new[] { 5, 4, 3 })]
    [InlineData("close", new[] { 5, 4, 3, 5, 3 })]
    public async Task A_broker_of_3_1_only_is_spoken_to_in_3_1(string refusal, int[] levels)
    {
        await using var broker = Speaking(3, AnswerOf(refusal));

        await using var connection = await OpenAsync(broker);

        Assert.Equal(MqttVersion.V31, connection.Spoken);
        Assert.Equal(levels, broker.Levels);
        // MQTT 3.1: 23 characters at most.
        Assert.All(broker.ClientIds, id => Assert.InRange(id.Length, 1, 23));
    }

    [Fact]
    public async Task A_broker_that_refuses_every_version_is_named_with_its_code()
    {
        await using var broker = Start(_ => Answer3(1));

        var error = await Assert.ThrowsAsync<MqttException>(() => OpenAsync(broker));

        Assert.Equal(
            $"{broker.Endpoint} does not speak MQTT 3.1: UnsupportedProtocolVersion (1); nor another version that is "
                + "spoken here (5, 3.1.1, 3.1)",
            error.Message);
        Assert.Equal((MqttErrorKind.Refused, 1), (error.Kind, error.ReasonCode));
    }

    [Theory]
    [InlineData(MqttVersion.V5, 5)]
    [InlineData(MqttVersion.V311, 4)]
    [InlineData(MqttVersion.V31, 3)]
    public async Task Only_the_version_that_was_asked_for_is_spoken(MqttVersion version, int level)
    {
        await using var broker = Start(Accept);

        await using var connection = await OpenAsync(broker, version);

        Assert.Equal((version, level), (connection.Spoken, Assert.Single(broker.Levels)));
    }

    [Fact]
    public async Task A_version_that_was_asked_for_and_is_not_spoken_is_an_error_that_says_what_to_do()
    {
        await using var broker = Speaking(4, Answer3(1));

        var error = await Assert.ThrowsAsync<MqttException>(() => OpenAsync(broker, MqttVersion.V5));

        Assert.Equal($"{broker.Endpoint} does not speak MQTT 5: code 1; choose another version, or 'auto'", error.Message);
        Assert.Equal([5], broker.Levels);
    }

    [Fact]
    public async Task A_broker_of_3_1_1_that_refuses_the_user_is_known_for_its_version()
    {
        await using var broker = Start(greeting => Answer3((byte)(greeting.Level == 5 ? 1 : 4)));

        var error = await Assert.ThrowsAsync<MqttException>(() => OpenAsync(broker));

        Assert.Equal((MqttErrorKind.WrongCredentials, 4), (error.Kind, error.ReasonCode));
        Assert.Equal(MqttVersion.V311, _known.Find(broker.Endpoint));
    }

    [Fact]
    public async Task A_refusal_of_MQTT_5_is_not_taken_for_its_version()
    {
        await using var broker = Start(_ => Answer5(0x89));

        var error = await Assert.ThrowsAsync<MqttException>(() => OpenAsync(broker));

        Assert.Equal($"{broker.Endpoint} refuses the connection: ServerBusy (0x89)", error.Message);
        Assert.Equal([5], broker.Levels);
    }

    private static byte[]? AnswerOf(string refusal) => refusal switch
    {
        "close" => Close,
        "code 1, form of 5" => Answer5(1),
        "code 0x84" => Answer5(0x84),
        "accepted in the form of 3" => Answer3(0),
        _ => Answer3((byte)(refusal[^1] - '0')),
    };

    private Task<MqttConnection> OpenAsync(VersionedBroker broker, MqttVersion? version = null) =>
        new VersionSearch(broker.Endpoint with { Version = version }, options => options.WithClientId("sock"), adapters: null, _known)
        {
            Patience = TimeSpan.FromSeconds(1),
            LaterPatience = TimeSpan.FromSeconds(1),
        }.OpenAsync(TestContext.Current.CancellationToken);
}
