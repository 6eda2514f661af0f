using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SockSort.Host.Listening.Protocols;

/// <summary>Redirects plain HTTP requests to https on the same port; TLS is recognised by its first byte.</summary>
internal static partial class PlainHttp
{
    // RFC 8446, 5.1: the content type 'handshake'.
    private const byte TlsHandshake = 22;

    private const int MostHeadBytes = 8 << 10;

    // Kestrel's own timeout for a TLS handshake, which begins only after this.
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    /// <param name="listen">The endpoint; TLS must be set up after this call.</param>
    /// <param name="isOurs">Whether a request may be redirected to a host (without its port).</param>
    public static void RedirectToHttps(this ListenOptions listen, Func<string, bool> isOurs) => listen.Use(next => async connection =>
    {
        // Not linked to the connection's end: a client may have closed its sending side before it is answered.
        using var timeout = new CancellationTokenSource(HandshakeTimeout);
        try
        {
            if (!await StartsTlsAsync(connection, timeout.Token))
            {
                await AnswerAsync(connection, isOurs, timeout.Token);
                return;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            // A client that sends nothing, or disconnects, must not hold a connection.
            return;
        }
        await next(connection);
    });

    private static async ValueTask<bool> StartsTlsAsync(ConnectionContext connection, CancellationToken cancel)
    {
        var read = await connection.Transport.Input.ReadAsync(cancel);
        var isTls = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == TlsHandshake;
        // Nothing is consumed, so that the next reader reads it again.
        connection.Transport.Input.AdvanceTo(read.Buffer.Start);
        return isTls;
    }

    private static async Task AnswerAsync(ConnectionContext connection, Func<string, bool> isOurs, CancellationToken cancel)
    {
        if (await ReadHeadAsync(connection, cancel) is not { } head)
            return;
        var answer = AnswerTo(head, (IPEndPoint)connection.LocalEndPoint!, isOurs);
        await connection.Transport.Output.WriteAsync(Encoding.Latin1.GetBytes(answer), cancel);
        await WaitForCloseAsync(connection, cancel);
    }

    /// <returns>The head of the request; null if nothing was sent.</returns>
    private static async ValueTask<string?> ReadHeadAsync(ConnectionContext connection, CancellationToken cancel)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(cancel);
            var text = Encoding.Latin1.GetString(read.Buffer.Slice(0, Math.Min(read.Buffer.Length, MostHeadBytes)));
            var isWhole = EndOfHead().IsMatch(text) || text.Length == MostHeadBytes || read.IsCompleted;
            connection.Transport.Input.AdvanceTo(isWhole ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (isWhole)
                return text.Length > 0 ? text : null;
        }
    }

    private static string AnswerTo(string head, IPEndPoint local, Func<string, bool> isOurs)
    {
        if (RequestLine().Match(head) is not { Success: true } request)
            return Answer("400 Bad Request", "this port speaks https\n");
        var named = HostLine().Match(head);
        var host = named.Success ? named.Groups["host"].Value : HostNames.Text(local.Address);
        if (!HostName().IsMatch(host) || (named.Success && !isOurs(host)))
            return Answer("400 Bad Request", ListeningErrors.ForeignHost(HostName().IsMatch(host) ? host : "?"));
        // With port forwarding, the client knows another port than we do.
        var port = named.Groups["port"] is { Success: true, Length: > 0 } given ? given.Value : $"{local.Port}";
        var address = $"https://{host}:{port}{request.Groups["path"].Value}";
        return Answer("308 Permanent Redirect", $"this port speaks https: {address}\n", $"Location: {address}\r\n");
    }

    // Not to be cached: another program may use the port tomorrow.
    private static string Answer(string status, string text, string headers = "") =>
        $"HTTP/1.1 {status}\r\n{headers}Content-Type: text/plain\r\nContent-Length: {text.Length}\r\n" +
        $"Cache-Control: no-store\r\nConnection: close\r\n\r\n{text}";

    /// <summary>
    /// Waits for the client to close first: closing a connection while the client still sends would reset it and lose the answer.
    /// </summary>
    private static async Task WaitForCloseAsync(ConnectionContext connection, CancellationToken cancel)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(CloseTimeout);
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(timeout.Token);
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    [GeneratedRegex(@"\r?\n\r?\n")]
    private static partial Regex EndOfHead();

    /// <summary>RFC 9112, 3.2: the target as a path, or as an absolute URL, of which the path is taken.</summary>
    [GeneratedRegex(@"^(?!PRI )[A-Z]{1,20} (http://[^/\s]*)?(?<path>/[!-~]*) HTTP/1\.[01]\r?\n")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\n[Hh][Oo][Ss][Tt]:[ \t]*(?<host>\[[^\]\s]*\]|[^:\s]*)(:(?<port>[0-9]{0,5}))?[ \t]*\r?\n")]
    private static partial Regex HostLine();

    [GeneratedRegex(@"^([A-Za-z0-9_]([A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])\z")]
    private static partial Regex HostName();
}
