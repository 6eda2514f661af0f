using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SockSort.Host.Listening.Protocols;

/// <summary>Leads who speaks plain HTTP to the port to https on the same port: TLS is told from it by its first byte.</summary>
internal static partial class PlainHttp
{
    // RFC 8446, 5.1: the content type 'handshake'.
    private const byte TlsHandshake = 22;

    private const int MostHeadBytes = 8 << 10;

    // Kestrel's own limit for a TLS handshake, which begins only after this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(1);

    /// <param name="listen">TLS is set up after this.</param>
    /// <param name="isOurs">Whether a host, without its port, may be led to.</param>
    public static void LeadPlainHttpToHttps(this ListenOptions listen, Func<string, bool> isOurs) => listen.Use(next => async connection =>
    {
        // Not tied to the connection's end: a client may have said all and closed its own side before it is answered.
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            if (!await StartsTlsAsync(connection, patience.Token))
            {
                await AnswerAsync(connection, isOurs, patience.Token);
                return;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            // Who says nothing, or leaves, holds no connection.
            return;
        }
        await next(connection);
    });

    private static async ValueTask<bool> StartsTlsAsync(ConnectionContext connection, CancellationToken cancel)
    {
        var read = await connection.Transport.Input.ReadAsync(cancel);
        var isTls = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == TlsHandshake;
        // Nothing is consumed: what comes next reads it again.
        connection.Transport.Input.AdvanceTo(read.Buffer.Start);
        return isTls;
    }

    private static async Task AnswerAsync(ConnectionContext connection, Func<string, bool> isOurs, CancellationToken cancel)
    {
        if (await ReadHeadAsync(connection, cancel) is not { } head)
            return;
        var answer = AnswerTo(head, (IPEndPoint)connection.LocalEndPoint!, isOurs);
        await connection.Transport.Output.WriteAsync(Encoding.Latin1.GetBytes(answer), cancel);
        await LetLeaveAsync(connection, cancel);
    }

    /// <returns>Null where nothing came.</returns>
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
        // A port that was forwarded is another one to the client than to us.
        var port = named.Groups["port"] is { Success: true, Length: > 0 } given ? given.Value : $"{local.Port}";
        var address = $"https://{host}:{port}{request.Groups["path"].Value}";
        return Answer("308 Permanent Redirect", $"this port speaks https: {address}\n", $"Location: {address}\r\n");
    }

    // Not to be kept: tomorrow another program may have the port.
    private static string Answer(string status, string text, string headers = "") =>
        $"HTTP/1.1 {status}\r\n{headers}Content-Type: text/plain\r\nContent-Length: {text.Length}\r\n" +
        $"Cache-Control: no-store\r\nConnection: close\r\n\r\n{text}";

    /// <summary>The client closes first: a connection that is closed while it still sends is reset, and the answer lost with it.</summary>
    private static async Task LetLeaveAsync(ConnectionContext connection, CancellationToken cancel)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        leaving.CancelAfter(Leaving);
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(leaving.Token);
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    [GeneratedRegex(@"\r?\n\r?\n")]
    private static partial Regex EndOfHead();

    /// <summary>RFC 9112, 3.2: the target as a path, or as an address, of which the path is taken.</summary>
    [GeneratedRegex(@"^(?!PRI )[A-Z]{1,20} (http://[^/\s]*)?(?<path>/[!-~]*) HTTP/1\.[01]\r?\n")]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"\n[Hh][Oo][Ss][Tt]:[ \t]*(?<host>\[[^\]\s]*\]|[^:\s]*)(:(?<port>[0-9]{0,5}))?[ \t]*\r?\n")]
    private static partial Regex HostLine();

    [GeneratedRegex(@"^([A-Za-z0-9_]([A-Za-z0-9._-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])\z")]
    private static partial Regex HostName();
}
