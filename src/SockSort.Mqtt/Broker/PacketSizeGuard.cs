using MQTTnet.Exceptions;

namespace SockSort.Mqtt;

/// <summary>
/// Follows the bytes that a client sends from packet to packet and refuses one that announces more than the limit. The
/// library would take the memory as soon as it has read the length, before it knows who is calling.
/// </summary>
internal sealed class PacketSizeGuard(int maxPacketBytes)
{
    private bool _inLength;
    private int _shift;
    private long _length;
    private long _bodyLeft;

    /// <param name="bytes">The next bytes of the stream.</param>
    /// <exception cref="MqttProtocolViolationException">A packet's length is over the limit.</exception>
    public void Pass(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_bodyLeft > 0)
            {
                var skipped = (int)Math.Min(_bodyLeft, bytes.Length);
                _bodyLeft -= skipped;
                bytes = bytes[skipped..];
                continue;
            }
            Header(bytes[0]);
            bytes = bytes[1..];
        }
    }

    // [MQTT-2.1.4]: one byte of type and flags, then the length of the rest, 7 bits a byte, lowest first.
    private void Header(byte next)
    {
        if (!_inLength)
        {
            _inLength = true;
            return;
        }
        _length |= (long)(next & 0x7F) << _shift;
        _shift += 7;
        if (_length > maxPacketBytes)
            throw new MqttProtocolViolationException($"a packet of {_length} bytes is over the limit of {maxPacketBytes}");
        if (next >= 0x80)
            return;
        _bodyLeft = _length;
        (_inLength, _shift, _length) = (false, 0, 0);
    }
}
