using SockSort.Bench;

namespace SockSort.Cli.Demo;

/// <summary>
/// Measures the latency of messages from the camera to one later point of the pipeline. Messages carry no number, so an arrival is
/// matched with the oldest message in flight that has the same bytes; messages of other publishers match nothing.
/// </summary>
internal sealed class TravelTimes
{
    /// <summary>A message that never arrives (dropped from a full queue) is forgotten after this many newer ones.</summary>
    private const int MostUnderWay = 20_000;

    private readonly LinkedList<(byte[] Payload, DateTimeOffset Captured)> _underWay = [];
    private readonly Latencies _latencies = new();

    /// <summary>A message was sent; its frame was captured at <paramref name="captured"/>.</summary>
    public void Sent(byte[] payload, DateTimeOffset captured)
    {
        _ = _underWay.AddLast((payload, captured));
        if (_underWay.Count > MostUnderWay)
            _underWay.RemoveFirst();
    }

    /// <summary>A message with these bytes arrived at <paramref name="now"/>.</summary>
    /// <returns>When its frame was captured; null if it is not one of ours.</returns>
    public DateTimeOffset? Arrived(ReadOnlySpan<byte> payload, DateTimeOffset now)
    {
        for (var message = _underWay.First; message is not null; message = message.Next)
        {
            if (!payload.SequenceEqual(message.Value.Payload))
                continue;
            _latencies.Add(now - message.Value.Captured);
            _underWay.Remove(message);
            return message.Value.Captured;
        }
        return null;
    }

    /// <summary>The percentile <paramref name="share"/> (0..1) of the latencies in milliseconds; null if no message has arrived.</summary>
    public double? MillisecondsAt(double share) => _latencies.MillisecondsAt(share);
}
