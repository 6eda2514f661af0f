using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace SockSort.Mqtt.Connections.Opening;

/// <summary>Looks at who stands at a port, after an attempt to speak MQTT there has failed. It never sends user or password.</summary>
/// <param name="patience">For each of up to three looks.</param>
internal sealed class PeerLook(MqttEndpoint endpoint, TimeSpan patience)
{
    private const int MostSaid = 60;
    private const byte ConnAck = 0x20;
    private const byte TlsAlert = 0x15;
    private const byte TlsVersion = 3;

    // [MQTT-3.1] of 3.1.1: type, length; protocol name, level 4, clean session, keep-alive 10 s; no client identifier.
    private static readonly byte[] Connect = [0x10, 12, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 10, 0, 0];
    private static readonly byte[] WebRequest = "GET / HTTP/1.0\r\n\r\n"u8.ToArray();

    /// <param name="end">How the attempt ended: whether TLS came about hangs on it.</param>
    public async Task<Peer> AtAsync(ConnectEnd end, CancellationToken cancellationToken)
    {
        var hasTls = endpoint.Tls && end != ConnectEnd.NoTls;
        var seen = await AskAsync(hasTls, Connect, cancellationToken);
        if (seen.Kind == PeerKind.Broker && hasTls != endpoint.Tls)
            return new(PeerKind.PlainBroker);
        if (seen.Kind == PeerKind.Unknown && !endpoint.Tls && await ShakesHandsAsync(cancellationToken))
            return new(PeerKind.Tls);
        // A web server that waits for the end of a line.
        return seen.Kind == PeerKind.Unknown ? await AskAsync(hasTls, WebRequest, cancellationToken) : seen;
    }

    private async Task<Peer> AskAsync(bool tls, byte[] request, CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, limit.Token);
        }
        catch (Exception error) when (IsOfNetwork(error, cancellationToken))
        {
            return new(PeerKind.Absent);
        }
        try
        {
            await using Stream stream = tls ? await WithTlsAsync(socket, limit.Token) : new NetworkStream(socket);
            await stream.WriteAsync(request, limit.Token);
            var answer = new byte[MostSaid];
            var read = await stream.ReadAsync(answer, limit.Token);
            return Judge(answer.AsSpan(0, read));
        }
        catch (Exception error) when (IsOfNetwork(error, cancellationToken))
        {
            return new(PeerKind.Unknown);
        }
    }

    private async Task<bool> ShakesHandsAsync(CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, limit.Token);
            await using var stream = await WithTlsAsync(socket, limit.Token);
            return true;
        }
        catch (Exception error) when (IsOfNetwork(error, cancellationToken))
        {
            return false;
        }
    }

    // Whose certificate it is does not matter: nothing is told here.
    private async Task<SslStream> WithTlsAsync(Socket socket, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        try
        {
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = endpoint.Host }, cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private static Peer Judge(ReadOnlySpan<byte> answer) => answer switch
    {
        [] => new(PeerKind.Unknown),
        [ConnAck, ..] => new(PeerKind.Broker),
        [TlsAlert, TlsVersion, ..] => new(PeerKind.Tls),
        // What a web server does not understand it may take for HTTP 0.9, and answer with a page alone.
        [(byte)'H', (byte)'T', (byte)'T', (byte)'P', ..] or [(byte)'<', ..] => new(PeerKind.Web),
        [>= (byte)' ' and <= (byte)'~', ..] => new(PeerKind.Other, Printable(answer)),
        _ => new(PeerKind.Unknown),
    };

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.ASCII.GetString(bytes);
        return string.Concat(text.TakeWhile(character => character is >= ' ' and <= '~')).Trim();
    }

    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        return limit;
    }

    private static bool IsOfNetwork(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && error is SocketException or IOException or OperationCanceledException or AuthenticationException;
}
