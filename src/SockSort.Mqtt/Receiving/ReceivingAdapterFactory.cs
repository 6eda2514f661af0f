using System.Net.Sockets;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace SockSort.Mqtt.Receiving;

/// <summary>Gives the library's client a connection that takes messages as fast as they are handled.</summary>
internal sealed class ReceivingAdapterFactory(ReceivingOptions receiving) : IMqttClientAdapterFactory
{
    private const int SocketBufferBytes = 256 * 1024;

    /// <summary>The adapter that was made last.</summary>
    public ReceivingAdapter? Latest { get; private set; }

    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        var tcp = (MqttClientTcpOptions)options.ChannelOptions;
        tcp.BufferSize = SocketBufferBytes;
        // The library's default resets the connection, and with it acknowledgements that are on their way.
        tcp.LingerState = new LingerOption(enable: false, 0);
        var writer = new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax);
        var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, writer);
        return Latest = new ReceivingAdapter(new MqttTcpChannel(options), formatter, packetInspector, receiving);
    }
}
