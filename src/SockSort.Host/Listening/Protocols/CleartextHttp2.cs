using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace SockSort.Host.Listening.Protocols;

/// <summary>
/// HTTP/1.1 and HTTP/2 on one port without TLS: some clients, such as ksqlDB's, start with HTTP/2, the others with HTTP/1.1.
/// </summary>
/// <remarks>
/// Without TLS there is no negotiation, and Kestrel assumes HTTP/1.1. An HTTP/2 client starts with a fixed preface (RFC 9113, 3.4); if it
/// is found, the connection gets the feature that TLS's negotiation would have set, by which Kestrel chooses the protocol.
/// </remarks>
internal static class CleartextHttp2
{
    private static readonly byte[] Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray();

    // Kestrel's own timeout for a request's headers, which begins only after this.
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(30);

    public static void UseCleartextHttp2(this ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.Use(next => async connection =>
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
            timeout.CancelAfter(HeadersTimeout);
            bool isHttp2;
            try
            {
                isHttp2 = await StartsWithPrefaceAsync(connection, timeout.Token);
            }
            catch (OperationCanceledException)
            {
                // A client that sends nothing must not hold a connection forever.
                return;
            }
            if (!isHttp2)
            {
                await next(connection);
                return;
            }
            connection.Features.Set<ITlsConnectionFeature>(new NoCertificate());
            connection.Features.Set<ITlsApplicationProtocolFeature>(new Http2Chosen());
            var own = connection.Transport;
            await Http2Lines.RunAsync(own, transport =>
            {
                connection.Transport = transport;
                return next(connection);
            });
            connection.Transport = own;
        });
    }

    private static async ValueTask<bool> StartsWithPrefaceAsync(ConnectionContext connection, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync(cancellation);
            var length = (int)Math.Min(read.Buffer.Length, Preface.Length);
            var same = read.Buffer.Slice(0, length).ToArray().AsSpan().SequenceEqual(Preface.AsSpan(0, length));
            var isDecided = !same || length == Preface.Length || read.IsCompleted || read.IsCanceled;
            // Nothing is consumed, so that Kestrel reads it again. Marking it as examined makes the next read wait for more.
            connection.Transport.Input.AdvanceTo(read.Buffer.Start, isDecided ? read.Buffer.Start : read.Buffer.End);
            if (isDecided)
                return same && length == Preface.Length;
        }
    }

    private sealed class NoCertificate : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) =>
            Task.FromResult<X509Certificate2?>(null);
    }

    private sealed class Http2Chosen : ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol { get; } = "h2"u8.ToArray();
    }
}
