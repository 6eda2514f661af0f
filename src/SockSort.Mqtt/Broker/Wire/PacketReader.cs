
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>
/// Cuts a client's bytes into packets. Memory is taken as the bytes come, not as they are announced, and a packet that
/// announces more than the limit ends the connection before its body is read.
/// </summary>
internal sealed class PacketReader(Stream stream)
{
    // Of a client whose bytes come faster than they are read; it keeps the larger one.
    private const int MostAheadBytes = 64 * 1024;
    private const int ReadAheadBytes = 16 * 1024;
    private const int MostLengthBytes = 4;

    private byte[] _ahead = new byte[ReadAheadBytes];
    private int _start;
    private int _end;

    /// <param name="maxBytes">Most that may follow the length.</param>
    /// <returns>Null when the client has closed the connection, also where it did so inside a packet.</returns>
    /// <exception cref="PacketViolation">The packet is too large, or its length is none.</exception>
    public async ValueTask<RawPacket?> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        RawPacket packet;
        while (!TryRead(maxBytes, out packet))
        {
            if (TryReadHeader(maxBytes, out var begun) && begun.Length > ReadAheadBytes)
                return await ReadLargeAsync(begun, cancellationToken);
            if (!await FillAsync(cancellationToken))
                return null;
        }
        return packet;
    }

    /// <summary>Takes the next packet where all of it has been read already.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    public bool TryRead(int maxBytes, out RawPacket packet)
    {
        packet = default;
        if (!TryReadHeader(maxBytes, out var begun) || begun.Length > _end - _start - begun.HeaderBytes)
            return false;
        packet = new RawPacket(begun.Header, _ahead.AsMemory(_start + begun.HeaderBytes, begun.Length));
        _start += begun.HeaderBytes + begun.Length;
        return true;
    }

    // Section 2.2 (2.1 of MQTT 5): one byte of type and flags, then the length of the rest, 7 bits a byte, lowest first.
    private bool TryReadHeader(int maxBytes, out BegunPacket packet)
    {
        packet = default;
        var bytes = _ahead.AsSpan(_start, _end - _start);
        var length = 0L;
        for (var i = 1; i < bytes.Length; i++)
        {
            length |= (long)(bytes[i] & 0x7F) << (7 * (i - 1));
            if (i == MostLengthBytes && bytes[i] >= 0x80)
                throw new PacketViolation(PacketRule.RemainingLength);
            if (length > maxBytes)
                throw new PacketViolation(PacketRule.TooLarge);
            if (bytes[i] >= 0x80)
                continue;
            if (bytes[i] == 0 && i > 1)
                throw new PacketViolation(PacketRule.RemainingLength);
            packet = new BegunPacket(bytes[0], (int)length, i + 1);
            return true;
        }
        return false;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
            (_start, _end) = (0, 0);
        if (_start > 0 && _end == _ahead.Length)
        {
            _ahead.AsSpan(_start, _end - _start).CopyTo(_ahead);
            (_start, _end) = (0, _end - _start);
        }
        var room = _ahead.Length - _end;
        var read = await stream.ReadAsync(_ahead.AsMemory(_end), cancellationToken);
        _end += read;
        if (read == room && _ahead.Length < MostAheadBytes)
            Array.Resize(ref _ahead, 2 * _ahead.Length);
        return read > 0;
    }

    private async ValueTask<RawPacket?> ReadLargeAsync(BegunPacket packet, CancellationToken cancellationToken)
    {
        _start += packet.HeaderBytes;
        var filled = _end - _start;
        var body = new byte[Math.Max(ReadAheadBytes * 2, filled)];
        _ahead.AsSpan(_start, filled).CopyTo(body);
        (_start, _end) = (0, 0);
        while (filled < packet.Length)
        {
            if (filled == body.Length)
                Array.Resize(ref body, (int)Math.Min(2L * body.Length, packet.Length));
            var read = await stream.ReadAsync(body.AsMemory(filled, Math.Min(body.Length, packet.Length) - filled), cancellationToken);
            if (read == 0)
                return null;
            filled += read;
        }
        return new RawPacket(packet.Header, body.AsMemory(0, packet.Length));
    }

    /// <param name="Header">Type and flags.</param>
    /// <param name="Length">Bytes that follow the length.</param>
    /// <param name="HeaderBytes">Bytes up to there.</param>
    private readonly record struct BegunPacket(byte Header, int Length, int HeaderBytes);
}
