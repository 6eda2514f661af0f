using System.Net.Sockets;
using SockSort.Imaging.Decoding;

namespace SockSort.Bench.Edge.Glass;

/// <summary>Watches the stream of a live view and reads the clock in every so many-th picture.</summary>
internal sealed class GlassViewer : IDisposable
{
    // A small window, as of a slow line: by default the system of a viewer would take megabytes ahead.
    private const int SlowWindowBytes = 16 << 10;

    private readonly HttpClient _client;
    private readonly Func<uint> _now;
    private readonly double? _bytesPerSecond;
    private readonly int _readsEach;
    private readonly SharedLatencies _ages = new();
    private uint _last;
    private long _pictures;

    /// <param name="view">Address of the view.</param>
    /// <param name="now">The clock that the pictures show.</param>
    /// <param name="bytesPerSecond">How fast it reads; null = as fast as it goes.</param>
    /// <param name="readsEach">1 = it reads the clock in each picture, 2 = in every second one, …</param>
    public GlassViewer(Uri view, Func<uint> now, double? bytesPerSecond, int readsEach)
    {
        (_now, _bytesPerSecond, _readsEach) = (now, bytesPerSecond, readsEach);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            // The view's certificate was made by the program that was started a moment ago.
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        _client = new HttpClient(handler) { BaseAddress = view };
    }

    public bool IsSlow => _bytesPerSecond is not null;

    /// <summary>Pictures that were read whole.</summary>
    public long Pictures => Interlocked.Read(ref _pictures);

    /// <summary>Pictures whose clock could not be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Pictures that were older than the one before.</summary>
    public long OutOfOrder { get; private set; }

    /// <summary>The ages of pictures when they were read whole, since this was asked for last.</summary>
    public Latencies TakeAges() => _ages.Take();

    /// <summary>Watches until the run ends.</summary>
    /// <exception cref="BenchException">The stream ended before.</exception>
    public async Task WatchAsync(CancellationToken end)
    {
        try
        {
            var stream = await _client.GetStreamAsync("/stream.mjpg?parts=length", end);
            var reading = new StreamReading(stream, _bytesPerSecond);
            while (await reading.NextAsync(end) is { } jpeg)
                Take(jpeg, _now());
            throw new BenchException("the live view has ended a stream");
        }
        catch (HttpRequestException error)
        {
            throw new BenchException($"the live view gives no stream: {error.Message}", error);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    public void Dispose() => _client.Dispose();

    private void Take(byte[] jpeg, uint now)
    {
        if ((Interlocked.Increment(ref _pictures) - 1) % _readsEach != 0)
            return;
        if (PictureClock.Read(PictureReader.Read(jpeg, "live view")) is not { } shown)
        {
            Unreadable++;
            return;
        }
        if (shown < _last)
            OutOfOrder++;
        _last = shown;
        _ages.Add(TimeSpan.FromMilliseconds((long)now - shown));
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (IsSlow)
            socket.ReceiveBufferSize = SlowWindowBytes;
        await socket.ConnectAsync(context.DnsEndPoint, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
