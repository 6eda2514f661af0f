using System.Text;
using SockSort.Edge.LiveView;
using SockSort.Edge.Tests.Cameras;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>A live view on a free port, and a client that takes its certificate only if it is the very one that the server names.</summary>
internal sealed class LiveViewClient : IAsyncDisposable
{
    private LiveViewClient(LiveViewServer server)
    {
        Server = server;
        Http = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
                certificate!.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) ==
                server.CertificateSha256.Replace(":", "", StringComparison.Ordinal),
        })
        {
            // The system chose the port for 127.0.0.1 only.
            BaseAddress = new Uri($"https://127.0.0.1:{server.Port}/"),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public LiveViewServer Server { get; }

    public HttpClient Http { get; }

    public static async Task<LiveViewClient> StartAsync(LiveViewOptions? options = null) => new(await LiveViewServer.StartAsync(
        (options ?? new LiveViewOptions()) with { Port = 0 }, TestContext.Current.CancellationToken));

    public static LiveFrame Frame(long number, string label = "Google", double percent = 97.4219, int colour = 0, int width = 640, int height = 360) =>
        new(number, $"{number}.png", DateTimeOffset.UnixEpoch, Pictures.Plain(Pictures.Colours[colour], width, height), label, percent);

    public Task<HttpResponseMessage> GetAsync(string path) =>
        Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public Task<string> TextAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    /// <summary>Reads one part of an MJPEG stream: up to and without the boundary that ends it.</summary>
    public static async Task<(string Head, byte[] Jpeg)> ReadPartAsync(Stream stream)
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await ReadAsync(stream, 1))[0]);
        var length = int.Parse(head.ToString().Split("Content-Length: ")[1]);
        var jpeg = await ReadAsync(stream, length);
        await ReadAsync(stream, 2);
        return (head.ToString(), jpeg);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return bytes;
    }
}
