using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Clients;

/// <summary>A broker whose listeners speak TLS, with and without a login by SCRAM.</summary>
public sealed class SecureListenerTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly int _tls = FreePort.Next();
    private readonly int _scram = FreePort.Next();
    private SelfSignedCertificate _certificate = null!;
    private KafkaServer? _server;

    public async ValueTask InitializeAsync()
    {
        _certificate = SelfSignedCertificate.Make(_folder, "localhost");
        var store = _folder.Write("server.pem", File.ReadAllText(_certificate.KeyFile) + "\n" + File.ReadAllText(_certificate.File));
        var (plain, controller) = (FreePort.Next(), FreePort.Next());
        var open = $"PLAINTEXT://127.0.0.1:{plain},TLS://localhost:{_tls},SCRAM://localhost:{_scram}";
        _server = await KafkaServer.StartAsync(
            $"""
            listeners={open},CONTROLLER://127.0.0.1:{controller}
            advertised.listeners={open}
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TLS:SSL,SCRAM:SASL_SSL
            sasl.enabled.mechanisms=SCRAM-SHA-512
            listener.name.scram.sasl.enabled.mechanisms=SCRAM-SHA-512
            listener.name.scram.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
            ssl.keystore.type=PEM
            ssl.keystore.location={store}
            """,
            plain,
            new Dictionary<string, string> { ["KAFKA_SASL_PORT"] = "", ["KAFKA_CONTROLLER_PORT"] = $"{controller}" });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task TLS_is_spoken_with_an_authority_that_is_named_and_with_no_other()
    {
        var known = Address(_tls, "security.protocol=SSL", $"ssl.ca.location={_certificate.File}");
        var unknown = Address(_tls, "security.protocol=SSL");

        await using (var log = KafkaLog.Open(known))
            Assert.Equal(0, await log.AppendAsync("socks", NewRecord.Of(1, null, [1])));
        var error = Assert.Throws<LogException>(() => KafkaLogReader.Open(unknown));

        Assert.Equal(LogErrorKind.Denied, error.Kind);
        Assert.Contains("certificate verify failed", error.Message);
        Assert.EndsWith("check security.protocol, the listener's port and ssl.ca.location", error.Message);
    }

    [Fact]
    public async Task A_login_by_SCRAM_over_TLS_is_let_in_and_a_wrong_password_is_told()
    {
        _ = await TestKit.TextOfAsync(
            "kafka/configs", "--bootstrap-server", _server!.Bootstrap, "--alter", "--entity-type", "users", "--entity-name", "socks",
            "--add-config", "SCRAM-SHA-512=[password=the-secret]");

        // The broker takes a new user a moment after it has told so.
        await Eventually.TrueAsync(() => IsLetIn("the-secret"), "the user is let in");
        await using (var log = KafkaLog.Open(Login("the-secret")))
            Assert.Equal(0, await log.AppendAsync("pairs", NewRecord.Of(1, null, [1])));
        var error = Assert.Throws<LogException>(() => KafkaLogReader.Open(Login("not-the-secret")));

        Assert.Equal(LogErrorKind.Denied, error.Kind);
        Assert.EndsWith($"; check sasl.mechanism, sasl.username and sasl.password in {_folder.File("kafka.properties")}", error.Message);
        Assert.DoesNotContain("not-the-secret", error.ToString());
    }

    private bool IsLetIn(string password)
    {
        try
        {
            using var reader = KafkaLogReader.Open(Login(password));
            return true;
        }
        catch (LogException error) when (error.Kind == LogErrorKind.Denied)
        {
            return false;
        }
    }

    private KafkaAddress Login(string password) => Address(
        _scram, "security.protocol=SASL_SSL", $"ssl.ca.location={_certificate.File}", "sasl.mechanism=SCRAM-SHA-512",
        "sasl.username=socks", $"sasl.password={password}");

    private KafkaAddress Address(int port, params string[] lines) =>
        KafkaAddress.Parse($"kafka://localhost:{port}?properties={_folder.Write("kafka.properties", string.Join('\n', lines))}");
}
