using SockSort.Bench;

namespace SockSort.Cli.Demo;

/// <summary>
/// Times how long messages take from the camera to one place further down the way. Messages carry no number, so an
/// arrival is matched with the oldest message under way that has the same bytes; other publishers' messages match nothing.
/// </summary>
internal sealed class TravelTimes
{
    /// <summary>A message that never arrives (given up by a full queue) is forgotten after so many younger ones.</summary>
    private const int MostUnderWay = 20_000;

    private readonly LinkedList<(byte[] Payload, DateTimeOffset Captured)> _underWay = [];
    private readonly Latencies _latencies = new();

    /// <summary>A message left; its frame was captured at <paramref name="captured"/>.</summary>
    public void Sent(byte[] payload, DateTimeOffset captured)
    {
        _ = _underWay.AddLast((payload, captured));
        if (_underWay.Count > MostUnderWay)
            _underWay.RemoveFirst();
    }

    /// <summary>A message with these bytes arrived at <paramref name="now"/>.</summary>
    /// <returns>When its frame was captured; null where it is none of ours.</returns>
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

    /// <summary>Milliseconds that <paramref name="share"/> (0..1) of the messages did not exceed; null where none arrived.</summary>
    public double? MillisecondsAt(double share) => _latencies.MillisecondsAt(share);
}
