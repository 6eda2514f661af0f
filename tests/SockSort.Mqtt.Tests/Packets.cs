using System.Text;

namespace SockSort.Mqtt.Tests;

/// <summary>Packets of MQTT as bytes.</summary>
internal static class Packets
{
    public const byte Connect = 0x10;
    public const byte Subscribe = 0x82;
    public const byte PingRequest = 0xC0;

    /// <param name="properties">Null for a packet of MQTT 3.</param>
    public static byte[] Publish(string topic, byte[] payload, int qos = 0, int id = 0, byte[]? properties = null, bool duplicate = false)
    {
        byte[] idBytes = qos > 0 ? [(byte)(id >> 8), (byte)id] : [];
        byte[] propertyBytes = properties is null ? [] : [.. Length(properties.Length), .. properties];
        byte[] name = Encoding.UTF8.GetBytes(topic);
        byte[] body = [(byte)(name.Length >> 8), (byte)name.Length, .. name, .. idBytes, .. propertyBytes, .. payload];
        return [(byte)(0x30 | (qos << 1) | (duplicate ? 8 : 0)), .. Length(body.Length), .. body];
    }

    /// <summary>Of MQTT 5.</summary>
    public static byte[] Publish(string topic, string payload, int qos = 0, int id = 0, bool duplicate = false) =>
        Publish(topic, Encoding.UTF8.GetBytes(payload), qos, id, [], duplicate);

    public static byte[] SubAck(byte[] subscribeBody, params byte[] codes) =>
        [0x90, (byte)(3 + codes.Length), subscribeBody[0], subscribeBody[1], 0, .. codes];

    /// <summary>As MQTT writes lengths: 7 bits a byte, lowest first.</summary>
    public static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        do
        {
            bytes.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. bytes];
    }
}
