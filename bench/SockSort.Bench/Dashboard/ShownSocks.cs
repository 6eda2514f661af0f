using System.Text.Json;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Bench.Dashboard;

/// <summary>Publishes what a camera would whose model is sure: socks with nothing before and after each.</summary>
internal sealed class ShownSocks : IAsyncDisposable
{
    private const string Topic = "sockfound";
    private const string Blank = "Blank";
    private const int MostUnanswered = 2000;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly MqttOutlet _outlet;
    private readonly string _run = Guid.NewGuid().ToString("n");
    private long _seq;

    private ShownSocks(MqttOutlet outlet) => _outlet = outlet;

    public static async Task<ShownSocks> ConnectAsync(MqttEndpoint broker, CancellationToken cancellation) =>
        new(await MqttOutlet.OpenAsync(broker, clientId: null, KeepAlive, cancellation));

    /// <summary>Shows a sock now, then nothing.</summary>
    /// <param name="label">The sock.</param>
    /// <param name="frames">Of the sock, and as many of nothing.</param>
    /// <param name="between">The time between two frames.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ShowAsync(string label, int frames, TimeSpan between, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(between);
        for (var frame = 0; frame < 2 * frames; frame++)
        {
            _ = await timer.WaitForNextTickAsync(cancellation);
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            await PublishAsync("now", frame < frames ? label : Blank, now, cancellation);
        }
    }

    /// <summary>Publishes the past, as fast as the broker takes it.</summary>
    /// <param name="from">When its first frame was captured.</param>
    /// <param name="length">Of the past.</param>
    /// <param name="labels">Shown in turns, each twice in a row: for four seconds, then nothing for two.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The number of frames.</returns>
    public async Task<long> ReplayAsync(DateTimeOffset from, TimeSpan length, IReadOnlyList<string> labels, CancellationToken cancellation)
    {
        const int PerSecond = 4, Shown = 4 * PerSecond, Each = 6 * PerSecond;
        var (start, frames) = (from.ToUnixTimeMilliseconds(), (long)(length.TotalSeconds * PerSecond));
        var waiting = new Queue<Task>();
        for (var frame = 0L; frame < frames; frame++)
        {
            var label = frame % Each < Shown ? labels[(int)(frame / (2 * Each) % labels.Count)] : Blank;
            waiting.Enqueue(PublishAsync("past", label, start + frame * 1000 / PerSecond, cancellation));
            if (waiting.Count > MostUnanswered)
                await waiting.Dequeue();
        }
        await Task.WhenAll(waiting);
        return frames;
    }

    public ValueTask DisposeAsync() => _outlet.DisposeAsync();

    // Each camera's frames are in the order of their times.
    private Task PublishAsync(string camera, string label, long atMs, CancellationToken cancellation)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(
            new { image = label, probability = 97.0, camera, ts = atMs, run = _run, seq = ++_seq });
        return _outlet.PublishAsync(Topic, message, qos: 1, retain: false, cancellation);
    }
}
