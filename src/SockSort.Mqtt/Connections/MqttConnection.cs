using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace SockSort.Mqtt;

/// <summary>
/// One connection to a broker, from its CONNECT to its end: a client object is never connected a second time, so nothing
/// of an old connection (an acknowledgement, say) can go out on a new one.
/// </summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<MqttException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MqttConnection(MqttEndpoint endpoint, IMqttClient client)
    {
        Client = client;
        client.DisconnectedAsync += gone =>
        {
            var reason = gone.ReasonString ?? gone.Exception?.GetBaseException().Message ?? $"{gone.Reason}";
            _ = _lost.TrySetResult(MqttErrors.Lost(endpoint, reason));
            return Task.CompletedTask;
        };
    }

    public IMqttClient Client { get; }

    public MqttClientConnectResult Result { get; private set; } = null!;

    public MqttProtocolVersion Version { get; private set; }

    /// <summary>Messages that the broker takes before it has acknowledged one.</summary>
    public int MaxInFlight => Result.ReceiveMaximum is null or 0 ? ushort.MaxValue : (int)Result.ReceiveMaximum;

    // The library gives 0 where the broker has named no limit.
    public long MaxPacketBytes => Result.MaximumPacketSize is null or 0 ? long.MaxValue : (long)Result.MaximumPacketSize;

    /// <summary>Completes with the reason when the connection has ended.</summary>
    public Task<MqttException> Lost => _lost.Task;

    /// <param name="configure">Client identifier, session and so on; address and credentials are set already.</param>
    /// <param name="prepare">Runs before the connection is made: a broker may send at once.</param>
    /// <exception cref="MqttException">No broker answers, or it refuses.</exception>
    public static async Task<MqttConnection> OpenAsync(
        MqttEndpoint endpoint,
        Action<MqttClientOptionsBuilder> configure,
        Action<IMqttClient>? prepare,
        CancellationToken cancellationToken)
    {
        try
        {
            return await OpenAsync(endpoint, MqttProtocolVersion.V500, configure, prepare, cancellationToken);
        }
        catch (MqttException error) when (error.Kind == MqttErrorKind.Refused && error.Message.Contains(nameof(MqttClientConnectResultCode.UnsupportedProtocolVersion)))
        {
            return await OpenAsync(endpoint, MqttProtocolVersion.V311, configure, prepare, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Client.IsConnected)
            _ = await Client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);
        Client.Dispose();
    }

    private static async Task<MqttConnection> OpenAsync(
        MqttEndpoint endpoint,
        MqttProtocolVersion version,
        Action<MqttClientOptionsBuilder> configure,
        Action<IMqttClient>? prepare,
        CancellationToken cancellationToken)
    {
        var connection = new MqttConnection(endpoint, new MqttClientFactory().CreateMqttClient());
        var certificate = new BrokerCertificate(endpoint);
        try
        {
            prepare?.Invoke(connection.Client);
            connection.Version = version;
            connection.Result = await ConnectAsync(connection.Client, endpoint, Options(endpoint, version, certificate, configure), cancellationToken);
            return connection;
        }
        catch (Exception error)
        {
            connection.Client.Dispose();
            if (certificate.Problem is { } problem)
                throw MqttErrors.Untrusted(endpoint, problem, error);
            throw;
        }
    }

    private static MqttClientOptions Options(MqttEndpoint endpoint, MqttProtocolVersion version, BrokerCertificate certificate, Action<MqttClientOptionsBuilder> configure)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(endpoint.Host, endpoint.Port)
            .WithProtocolVersion(version)
            .WithTlsOptions(tls => tls.UseTls(endpoint.Tls)
                .WithCertificateValidationHandler(certificate.IsRight)
                // A maker's own authority publishes no revocations, and an edge may have no way to ask for them; Paho and Mosquitto do not ask either.
                .WithRevocationMode(X509RevocationMode.NoCheck));
        if (endpoint.User is not null)
            builder = builder.WithCredentials(endpoint.User, endpoint.Password ?? "");
        configure(builder);
        return builder.Build();
    }

    private static async Task<MqttClientConnectResult> ConnectAsync(
        IMqttClient client, MqttEndpoint endpoint, MqttClientOptions options, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectTimeout);
        MqttClientConnectResult result;
        try
        {
            result = await client.ConnectAsync(options, limit.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw MqttErrors.Unreachable(endpoint, error);
        }
        return result.ResultCode == MqttClientConnectResultCode.Success ? result : throw MqttErrors.Refused(endpoint, result);
    }
}
