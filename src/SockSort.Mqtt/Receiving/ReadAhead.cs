using MQTTnet.Channel;

namespace SockSort.Mqtt.Receiving;

/// <summary>Reads a connection's bytes ahead, so that small packets cost no call of the system each. Used by one reader.</summary>
internal sealed class ReadAhead(IMqttChannel channel, TimeProvider clock)
{
    // Holds a whole topic (64 KiB) with what stands before it.
    private const int BufferBytes = 128 * 1024;
    private const long NotWaiting = -1;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;
    private long _waitingSince = NotWaiting;

    /// <summary>What was read and not yet consumed; valid until the next read.</summary>
    public ReadOnlySpan<byte> Buffered => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Bytes consumed since the start of the connection.</summary>
    public long Consumed { get; private set; }

    /// <summary>Whether nothing comes any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>How long the reader has waited for the other side; zero while it does something else.</summary>
    public TimeSpan Silence =>
        Interlocked.Read(ref _waitingSince) is var since and not NotWaiting ? clock.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Reads until so many bytes are <see cref="Buffered"/>.</summary>
    /// <param name="count">Up to 128 KiB.</param>
    /// <returns>False where the connection ended before.</returns>
    public ValueTask<bool> HasAsync(int count, CancellationToken cancellationToken) =>
        _end - _start >= count ? new(true) : FillAsync(count, cancellationToken);

    public void Consume(int count)
    {
        _start += count;
        Consumed += count;
    }

    /// <summary>Consumes as many bytes as <paramref name="target"/> has.</summary>
    /// <returns>False where the connection ended before.</returns>
    public async ValueTask<bool> ReadAsync(byte[] target, CancellationToken cancellationToken)
    {
        var read = Math.Min(target.Length, _end - _start);
        Buffered[..read].CopyTo(target);
        Consume(read);
        while (read < target.Length)
        {
            var more = await ReceiveAsync(target, read, cancellationToken);
            if (more == 0)
                return false;
            read += more;
        }
        return true;
    }

    /// <summary>Consumes bytes and forgets them.</summary>
    /// <returns>False where the connection ended before.</returns>
    public async ValueTask<bool> SkipAsync(long count, CancellationToken cancellationToken)
    {
        while (true)
        {
            var skipped = (int)Math.Min(count, _end - _start);
            Consume(skipped);
            count -= skipped;
            if (count == 0)
                return true;
            if (!await HasAsync(1, cancellationToken))
                return false;
        }
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        if (BufferBytes - _start < count || _start == _end)
        {
            Buffered.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        while (_end - _start < count)
        {
            var more = await ReceiveAsync(_buffer, _end, cancellationToken);
            if (more == 0)
                return false;
            _end += more;
        }
        return true;
    }

    private async ValueTask<int> ReceiveAsync(byte[] target, int offset, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _waitingSince, clock.GetTimestamp());
        try
        {
            var count = await channel.ReadAsync(target, offset, target.Length - offset, cancellationToken);
            HasEnded = count == 0;
            return count;
        }
        finally
        {
            Interlocked.Exchange(ref _waitingSince, NotWaiting);
        }
    }
}
