using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Broker;

public sealed class BrokerDoorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("31", 1)]
    [InlineData("311", 2)]
    [InlineData("5", 2)]
    public async Task Over_TLS_messages_come_and_go_as_without(string version, int qos)
    {
        var certificate = SelfSignedCertificate.Make(_folder, "localhost");
        await using var broker = await StartAsync(certificate);
        var secure = broker.Addresses[1] with { Host = "localhost", User = broker.Endpoint.User, Password = broker.Endpoint.Password };

        string[] common = ["-V", version, "-q", $"{qos}", "--cafile", certificate.File];
        var (code, error) = await MosquittoClient.PublishAsync(secure, "a", new string('x', 100_000), [.. common, "-r"]);
        var lines = await MosquittoClient.SubscribeAsync(secure, "a", [.. common, "-C", "1", "-F", "%l"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["100000"], lines);
    }

    [Fact]
    public async Task Who_speaks_plain_text_to_a_door_with_TLS_is_counted()
    {
        await using var broker = await StartAsync(SelfSignedCertificate.Make(_folder, "localhost"));
        var plain = broker.Addresses[1] with { User = broker.Endpoint.User, Password = broker.Endpoint.Password };

        var (code, _) = await MosquittoClient.PublishAsync(plain, "a", "x");

        Assert.NotEqual(0, code);
        Assert.Equal(1, broker.Counts.Refusals["a connection without TLS, or with one that does not fit, to a port with TLS"]);
        Assert.Equal(0, broker.Counts.Received);
    }

    [Fact]
    public async Task A_certificate_that_has_ended_is_named_with_its_days_and_what_to_do()
    {
        await using var broker = await StartAsync(SelfSignedCertificate.Make(_folder, "localhost", endsInDays: -2));
        var log = new RecordedLog();
        var secure = broker.Addresses[1] with { Host = "localhost", User = broker.Endpoint.User, Password = broker.Endpoint.Password };

        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = secure, Loggers = log });
        var logged = await log.WaitForAsync(1002);

        Assert.Matches(
            @"the certificate of the broker at mqtts://localhost:\d+ is not trusted: .*certificate has expired: it is good from .+ to .+; "
                + "renew it at the broker, or put this machine's clock right",
            $"{logged.Fields["Problem"]}");
    }

    [Fact]
    public async Task The_broker_knows_all_of_its_addresses_and_names()
    {
        await using var broker = await StartAsync(SelfSignedCertificate.Make(_folder, "localhost"));
        var (loopback, secure, all) = (broker.Addresses[0], broker.Addresses[1], broker.Addresses[2]);
        var machine = Dns.GetHostAddresses(Dns.GetHostName(), AddressFamily.InterNetwork)[0];

        Assert.True(broker.IsAt(loopback));
        Assert.True(broker.IsAt(loopback with { Host = "localhost", User = "anybody" }));
        Assert.True(broker.IsAt(secure with { Host = "LOCALHOST" }));
        Assert.True(broker.IsAt(all with { Host = "127.0.0.1" }));
        Assert.True(broker.IsAt(all with { Host = Dns.GetHostName() }));
        Assert.True(broker.IsAt(all with { Host = $"{machine}" }));
        Assert.False(broker.IsAt(secure with { Tls = false }));
        Assert.False(broker.IsAt(loopback with { Tls = true }));
        Assert.False(broker.IsAt(loopback with { Port = loopback.Port + 1 }));
        Assert.False(broker.IsAt(all with { Host = "192.0.2.1" }));
        Assert.False(broker.IsAt(all with { Host = "no-such-host.invalid" }));
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_is_named()
    {
        var elsewhere = new BrokerDoor(IPAddress.Parse("192.0.2.1"), 1883);
        var options = new BrokerOptions { Doors = [new BrokerDoor(IPAddress.Loopback, 0), elsewhere] };

        var error = await Assert.ThrowsAsync<MqttException>(() => EmbeddedBroker.StartAsync(options));

        Assert.StartsWith("port 1883 of 192.0.2.1 can't be listened on (", error.Message);
        Assert.EndsWith("); choose another one, or an address of this machine", error.Message);
    }

    [Fact]
    public async Task Clients_that_come_before_the_start_wait_for_it()
    {
        await using var broker = EmbeddedBroker.Open();
        var publishing = MosquittoClient.PublishAsync(broker.Endpoint, "a", "x", "-q", "1");
        var stored = 0;
        using var intake = broker.Intake("a", _ => Task.FromResult(Interlocked.Increment(ref stored)));

        broker.Start();

        Assert.Equal((0, ""), await publishing);
        Assert.Equal(1, stored);
    }

    private static Task<EmbeddedBroker> StartAsync(SelfSignedCertificate certificate)
    {
        using var pem = X509Certificate2.CreateFromPemFile(certificate.File, certificate.KeyFile);
        // In memory, as Windows needs it, and whole.
        var shown = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        return EmbeddedBroker.StartAsync(new BrokerOptions
        {
            Doors =
            [
                new BrokerDoor(IPAddress.Loopback, 0),
                new BrokerDoor(IPAddress.Loopback, 0, SslStreamCertificateContext.Create(shown, null, offline: true)),
                new BrokerDoor(IPAddress.Any, 0),
            ],
        });
    }
}
