using System.Text;
using SockSort.Mqtt.Connections.Opening;
using SockSort.Testing;
using static SockSort.Mqtt.Tests.VersionedBroker;

namespace SockSort.Mqtt.Tests.Connections;

/// <summary>A connection that does not come about: each message says what happened, where, and what to do.</summary>
public sealed class ConnectMessagesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_listens()
    {
        var endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{FreePort.Next()}");

        Assert.Equal(
            $"no MQTT broker answers at {endpoint}: nothing listens on port {endpoint.Port}; start the broker, or correct the address",
            await ErrorOfAsync(endpoint));
    }

    [Fact]
    public async Task A_name_is_not_known()
    {
        var endpoint = MqttEndpoint.Parse("mqtt://no-such-host.invalid:1883");

        Assert.Equal($"no MQTT broker answers at {endpoint}: the name 'no-such-host.invalid' is not known; correct it, or look at "
            + "this machine's name service",
            await ErrorOfAsync(endpoint));
    }

    [Fact]
    public async Task TLS_is_asked_of_a_broker_without()
    {
        await using var broker = await Mosquitto.StartAsync(_folder);
        var endpoint = MqttEndpoint.Parse($"mqtts://{Mosquitto.User}:{Mosquitto.Password}@127.0.0.1:{broker.Port}");

        Assert.Equal($"no MQTT broker answers at {endpoint}: the broker there speaks without TLS; write mqtt:// in place of mqtts://, or "
            + "use its port for TLS, often 8883",
            await ErrorOfAsync(endpoint));
    }

    [Fact]
    public async Task Plain_MQTT_is_spoken_to_a_port_for_TLS()
    {
        await using var broker = await Mosquitto.StartAsync(_folder, certificate: SelfSignedCertificate.Make(_folder, "localhost"));
        var endpoint = MqttEndpoint.Parse($"mqtt://{Mosquitto.User}:{Mosquitto.Password}@127.0.0.1:{broker.Port}");

        Assert.Equal($"no MQTT broker answers at {endpoint}: TLS is spoken there; write mqtts:// in place of mqtt://, or use the broker's "
            + "port without TLS, often 1883",
            await ErrorOfAsync(endpoint));
    }

    /// <summary>What stands there, whether TLS is asked for, what it does when it is connected to, and what is said of it.</summary>
    public static TheoryData<string, bool, string?, bool, string> Strangers => new()
    {
        { "a web server that answers anything", false, "HTTP/1.1 400 Bad Request\r\n\r\n", false, "a web server is there (HTTP)" },
        { "a web server that takes CONNECT for HTTP 0.9", false, "<!DOCTYPE HTML>", false, "a web server is there (HTTP)" },
        { "a web server that waits for the end of a line", false, "HTTP/1.0 404 Not Found\r\n\r\n", true, "a web server is there (HTTP)" },
        { "a web server, where TLS is asked for", true, "HTTP/1.1 400 Bad Request\r\n\r\n", false, "a web server is there (HTTP)" },
        { "a server that greets first", false, "SSH-2.0-OpenSSH_9.2\r\n", false, "another server is there, which says "
            + "'SSH-2.0-OpenSSH_9.2'; look at host and port" },
        { "a server that closes", false, null, false, "the connection is closed before the MQTT greeting is answered; is the broker "
            + "starting, is this its port?" },
        { "a server that says nothing", false, "", false, "the connection is taken, and the MQTT greeting is not answered in time; is "
            + "this the broker's port?" },
        { "a server that says nothing, where TLS is asked for", true, "", false, "TLS does not come about in time; is this "
            + "the broker's port for TLS?" },
    };

    [Theory, MemberData(nameof(Strangers))]
    public async Task Another_server_is_there(string what, bool tls, string? says, bool waitsForLine, string message)
    {
        await using var server = StrangeServer.Start(says, waitsForLine);
        var endpoint = server.Endpoint with { Tls = tls, User = "ann", Password = "secret" };

        var said = await ErrorOfAsync(endpoint);

        Assert.True(said.StartsWith($"no MQTT broker answers at {endpoint}: {message}", StringComparison.Ordinal), $"{what}: {said}");
        // Plain MQTT shows the password to whom it was given for; looking who is there does not, and TLS never does.
        Assert.False(tls && server.Heard.Contains("secret", StringComparison.Ordinal), "the password was sent without TLS");
    }

    [Fact]
    public async Task A_broker_closes_the_connection_of_this_client_only()
    {
        await using var broker = Start(greeting => greeting.HasUser ? Close : Accept(greeting));

        Assert.Equal($"no MQTT broker answers at {broker.Endpoint}: the broker closes the connection of this client without a reason; "
            + "its log may tell one: user, client id or last will not allowed, too many clients",
            await ErrorOfAsync(broker.Endpoint with { User = "ann", Password = "secret" }));
    }

    [Theory]
    [InlineData(0x85, "ClientIdentifierNotValid (0x85); the broker does not allow this client id")]
    [InlineData(0x88, "ServerUnavailable (0x88)")]
    [InlineData(0x8A, "Banned (0x8A)")]
    [InlineData(0x9D, "ServerMoved (0x9D); the broker is elsewhere now")]
    public async Task A_broker_of_MQTT_5_refuses(byte code, string message)
    {
        await using var broker = Start(_ => Answer5(code));

        Assert.Equal($"{broker.Endpoint} refuses the connection: {message}", await ErrorOfAsync(broker.Endpoint));
    }

    [Theory]
    [InlineData(2, "ClientIdentifierNotValid (2); the broker does not allow this client id")]
    [InlineData(3, "ServerUnavailable (3)")]
    [InlineData(99, "code 99")]
    public async Task A_broker_of_MQTT_3_refuses(byte code, string message)
    {
        await using var broker = Start(_ => Answer3(code));

        Assert.Equal(
            $"{broker.Endpoint} refuses the connection: {message}",
            await ErrorOfAsync(broker.Endpoint with { Version = MqttVersion.V311 }));
    }

    [Fact]
    public async Task A_broker_names_its_reason_in_words_which_are_cut_to_one_line()
    {
        var reason = Encoding.UTF8.GetBytes("closed on sundays\n" + new string('x', 90));
        byte[] properties = [0x1F, 0, (byte)reason.Length, .. reason];
        await using var broker = Start(_ => [0x20, (byte)(3 + properties.Length), 0, 0x8A, (byte)properties.Length, .. properties]);

        Assert.Equal(
            $"{broker.Endpoint} refuses the connection: Banned (0x8A), closed on sundays{new string('x', 90)}",
            await ErrorOfAsync(broker.Endpoint));
    }

    private static async Task<string> ErrorOfAsync(MqttEndpoint endpoint)
    {
        var search = new VersionSearch(
            endpoint, options => options.WithClientId("sock"), adapters: null, new KnownVersions(TimeProvider.System))
        {
            Patience = TimeSpan.FromMilliseconds(500),
            LaterPatience = TimeSpan.FromMilliseconds(500),
            LookingPatience = TimeSpan.FromMilliseconds(500),
        };
        var error = await Assert.ThrowsAsync<MqttException>(() => search.OpenAsync(TestContext.Current.CancellationToken));
        return error.Message;
    }
}
