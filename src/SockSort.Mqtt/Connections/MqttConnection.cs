using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using SockSort.Mqtt.Connections.Opening;

namespace SockSort.Mqtt.Connections;

/// <summary>
/// One connection to a broker, from its CONNECT to its end: a client object is never connected a second time, so nothing
/// of an old connection (an acknowledgement, say) can go out on a new one.
/// </summary>
internal sealed class MqttConnection : IAsyncDisposable
{
    private readonly MqttEndpoint _endpoint;
    private readonly TaskCompletionSource<MqttException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="spoken">The version of MQTT that it is to speak.</param>
    /// <param name="adapters">Makes the connection's other half, which reads and writes its packets; null for the library's own.</param>
    internal MqttConnection(MqttEndpoint endpoint, MqttVersion spoken, IMqttClientAdapterFactory? adapters)
    {
        (_endpoint, Spoken) = (endpoint, spoken);
        var factory = new MqttClientFactory();
        Client = adapters is null ? factory.CreateMqttClient() : factory.CreateMqttClient(adapters);
        Client.DisconnectedAsync += gone =>
        {
            _ = _lost.TrySetResult(MqttErrors.Lost(endpoint, gone));
            return Task.CompletedTask;
        };
    }

    public IMqttClient Client { get; }

    public MqttClientConnectResult Result { get; private set; } = null!;

    public MqttVersion Spoken { get; }

    public MqttProtocolVersion Version => Spoken switch
    {
        MqttVersion.V31 => MqttProtocolVersion.V310,
        MqttVersion.V311 => MqttProtocolVersion.V311,
        _ => MqttProtocolVersion.V500,
    };

    /// <summary>Messages that the broker takes before it has acknowledged one.</summary>
    public int MaxInFlight => Result.ReceiveMaximum is null or 0 ? ushort.MaxValue : (int)Result.ReceiveMaximum;

    // The library gives 0 where the broker has named no limit.
    public long MaxPacketBytes => Result.MaximumPacketSize is null or 0 ? long.MaxValue : (long)Result.MaximumPacketSize;

    /// <summary>Completes with the reason when the connection has ended.</summary>
    public Task<MqttException> Lost => _lost.Task;

    /// <summary>Opens a connection in the newest version of MQTT that the broker speaks, or in the one that the endpoint names.</summary>
    /// <param name="configure">
    /// Client identifier, session and so on; address and credentials are set already. What only MQTT 5 knows is left out for an older one.
    /// </param>
    /// <param name="adapters">Asked once for each attempt; null for the library's own.</param>
    /// <exception cref="MqttException">No broker answers, or it refuses.</exception>
    public static Task<MqttConnection> OpenAsync(
        MqttEndpoint endpoint,
        Action<MqttClientOptionsBuilder> configure,
        IMqttClientAdapterFactory? adapters,
        CancellationToken cancellationToken) =>
        new VersionSearch(endpoint, configure, adapters, KnownVersions.Shared).OpenAsync(cancellationToken);

    /// <summary>Makes the one attempt of this object.</summary>
    /// <returns>Null where the connection is open; else it is of no use any more.</returns>
    /// <exception cref="OperationCanceledException">As asked.</exception>
    internal async Task<ConnectFailure?> ConnectAsync(
        Action<MqttClientOptionsBuilder> configure, TimeSpan patience, CancellationToken cancellationToken)
    {
        var answer = new ConnectAnswer(Client);
        var certificate = new BrokerCertificate(_endpoint);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        ConnectFailure failure;
        try
        {
            Result = await Client.ConnectAsync(Options(certificate, configure), limit.Token);
            if (Result.ResultCode == MqttClientConnectResultCode.Success && !answer.IsOtherVersion(Version))
                return null;
            failure = new(
                answer.IsOtherVersion(Version) ? ConnectEnd.WrongVersion : ConnectEnd.Refused, Spoken, Error: null, Result, answer.Code);
        }
        catch (Exception error)
        {
            Client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            var end = EndOf(error, answer, certificate, isLate: limit.IsCancellationRequested);
            return new(end, Spoken, error, Result: null, answer.Code, certificate.Problem);
        }
        await DisposeAsync();
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        if (Client.IsConnected)
            _ = await Client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);
        Client.Dispose();
    }

    private MqttClientOptions Options(BrokerCertificate certificate, Action<MqttClientOptionsBuilder> configure)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(_endpoint.Host, _endpoint.Port)
            .WithProtocolVersion(Version)
            .WithTlsOptions(tls => tls.UseTls(_endpoint.Tls)
                .WithCertificateValidationHandler(certificate.IsRight)
                // A maker's own authority publishes no revocations, and an edge may have no way to ask for them; Paho and Mosquitto do not
                // ask either.
                .WithRevocationMode(X509RevocationMode.NoCheck));
        if (_endpoint.User is not null)
            builder = builder.WithCredentials(_endpoint.User, _endpoint.Password ?? "");
        configure(builder);
        var options = builder.Build();
        // The library refuses to connect with what the version does not know.
        if (Spoken != MqttVersion.V5)
            (options.ReceiveMaximum, options.MaximumPacketSize, options.SessionExpiryInterval) = (0, 0, 0);
        return options;
    }

    private ConnectEnd EndOf(Exception error, ConnectAnswer answer, BrokerCertificate certificate, bool isLate)
    {
        if (certificate.Problem is not null)
            return ConnectEnd.Untrusted;
        if (answer.IsOtherVersion(Version))
            return ConnectEnd.WrongVersion;
        if (answer.Code is not null)
            return ConnectEnd.Refused;
        // The library throws this one after it has sent CONNECT, and what the network throws before.
        if (error is not MqttConnectingFailedException)
            return _endpoint.Tls && IsOfTls(error, isLate) ? ConnectEnd.NoTls : ConnectEnd.NoConnection;
        if (answer.HasCome || error.InnerException is MqttProtocolViolationException)
            return ConnectEnd.NotMqtt;
        return isLate ? ConnectEnd.Silent : ConnectEnd.Closed;
    }

    // A broker without TLS may close, send something else, or wait for more.
    private static bool IsOfTls(Exception error, bool isLate) => error.GetBaseException() switch
    {
        SocketException network => network.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted,
        AuthenticationException or IOException => true,
        _ => isLate,
    };
}
