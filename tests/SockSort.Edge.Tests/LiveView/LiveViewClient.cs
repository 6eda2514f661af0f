using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.Tests.Cameras;
using SockSort.Host.Listening;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>A live view on a free port, and a client that takes its certificate only if it is the very one that the server names.</summary>
internal sealed class LiveViewClient : IAsyncDisposable
{
    private static readonly byte[] StartOfPart = "--frame\r\nContent-Type: image/jpeg\r\n\r\n"u8.ToArray();
    private static readonly byte[] EndOfPart = [.. "\r\n"u8, .. StartOfPart];

    private LiveViewClient(ServedView server)
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

    /// <summary>A free port of this machine only.</summary>
    public static WebListening OnLoopback { get; } = On(IPAddress.Loopback);

    public ServedView Server { get; }

    public HttpClient Http { get; }

    /// <summary>In the words of <c>edge run</c>.</summary>
    public static WebListening On(IPAddress address, int port = 0) => new()
    {
        Addresses = [new WebAddress(address, port, IsTls: true)],
        Words = new ListeningWords
        {
            Surface = "the live view",
            Address = given => $"--live-view-listen {given.Address}",
            Port = "--view-port",
            Password = "by --live-view-password-file FILE or the environment variable SOCKSORT_LIVE_VIEW_PASSWORD",
            PasswordSources = "--live-view-password-file or SOCKSORT_LIVE_VIEW_PASSWORD",
            Open = "--no-password",
            OpenAdvice = "let everybody watch by --no-password",
            OpenEffect = "lets everybody watch",
        },
    };

    public static async Task<LiveViewClient> StartAsync(
        LiveViewOptions? options = null, WebListening? listening = null, IKeptFrames? frames = null) =>
        new(await ServedView.StartAsync(options ?? new LiveViewOptions(), listening ?? OnLoopback, frames));

    public static LiveFrame Frame(
        long number, string label = "Google", double percent = 97.4219, int colour = 0, int width = 640, int height = 360) =>
        new(number, $"{number}.png", DateTimeOffset.UnixEpoch, Pictures.Plain(Pictures.Colours[colour], width, height), label, percent);

    public Task<HttpResponseMessage> GetAsync(string path) =>
        Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    public Task<string> TextAsync(string path) => Http.GetStringAsync(path, TestContext.Current.CancellationToken);

    /// <summary>A picture that JPEG cannot make small: some 700 kB.</summary>
    public static LiveFrame Noise(long number)
    {
        var picture = new Imaging.Frame(1280, 720);
        new Random(1).NextBytes(picture.Rgb);
        return new LiveFrame(number, "noise", DateTimeOffset.UnixEpoch, picture, "Google", 50);
    }

    /// <summary>Opens the MJPEG stream in the browser's form and reads what begins its first part.</summary>
    public async Task<PipeReader> OpenStreamAsync()
    {
        var answer = await GetAsync("/stream.mjpg?parts=browser");
        var stream = PipeReader.Create(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await ReadToAsync(stream, StartOfPart));
        return stream;
    }

    /// <summary>One part of an MJPEG stream, up to what begins the next one.</summary>
    public static Task<byte[]> ReadPartAsync(PipeReader stream) => ReadToAsync(stream, EndOfPart);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    private static async Task<byte[]> ReadToAsync(PipeReader stream, byte[] end)
    {
        while (true)
        {
            var result = await stream.ReadAsync(TestContext.Current.CancellationToken);
            var read = result.Buffer;
            if (TryTake(ref read, end) is { } part)
            {
                stream.AdvanceTo(read.Start);
                return part;
            }
            if (result.IsCompleted)
                throw new EndOfStreamException();
            stream.AdvanceTo(read.Start, read.End);
        }
    }

    private static byte[]? TryTake(ref ReadOnlySequence<byte> read, byte[] end)
    {
        var reader = new SequenceReader<byte>(read);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> part, end))
            return null;
        read = reader.UnreadSequence;
        return part.ToArray();
    }
}
