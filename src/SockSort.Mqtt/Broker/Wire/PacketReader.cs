
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>
/// Cuts a client's bytes into packets. Memory is taken as the bytes come, not as they are announced, and a packet that
/// announces more than the limit ends the connection before its body is read.
/// </summary>
internal sealed class PacketReader(Stream stream)
{
    private const int ReadAheadBytes = 16 * 1024;
    private const int MostLengthBytes = 4;

    private readonly byte[] _ahead = new byte[ReadAheadBytes];
    private int _start;
    private int _end;

    /// <param name="maxBytes">Most that may follow the length.</param>
    /// <returns>Null when the client has closed the connection, also where it did so inside a packet.</returns>
    /// <exception cref="PacketViolation">The packet is too large, or its length is none.</exception>
    public async ValueTask<RawPacket?> ReadAsync(int maxBytes, CancellationToken cancellationToken)
    {
        (byte Header, int Length, int HeaderBytes) packet;
        while (!TryReadHeader(maxBytes, out packet))
        {
            if (!await FillAsync(cancellationToken))
                return null;
        }
        _start += packet.HeaderBytes;
        if (packet.Length > ReadAheadBytes)
            return await ReadLargeAsync(packet.Length, cancellationToken) is { } large ? new RawPacket(packet.Header, large) : null;
        while (_end - _start < packet.Length)
        {
            if (!await FillAsync(cancellationToken))
                return null;
        }
        var body = _ahead.AsMemory(_start, packet.Length);
        _start += packet.Length;
        return new RawPacket(packet.Header, body);
    }

    // Section 2.2 (2.1 of MQTT 5): one byte of type and flags, then the length of the rest, 7 bits a byte, lowest first.
    private bool TryReadHeader(int maxBytes, out (byte Header, int Length, int HeaderBytes) packet)
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
            packet = (bytes[0], (int)length, i + 1);
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
        var read = await stream.ReadAsync(_ahead.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }

    private async ValueTask<byte[]?> ReadLargeAsync(int length, CancellationToken cancellationToken)
    {
        var body = new byte[ReadAheadBytes * 2];
        var filled = _end - _start;
        _ahead.AsSpan(_start, filled).CopyTo(body);
        (_start, _end) = (0, 0);
        while (filled < length)
        {
            if (filled == body.Length)
                Array.Resize(ref body, (int)Math.Min(2L * body.Length, length));
            var read = await stream.ReadAsync(body.AsMemory(filled, Math.Min(body.Length, length) - filled), cancellationToken);
            if (read == 0)
                return null;
            filled += read;
        }
        return body.Length == length ? body : body[..length];
    }
}
