using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Server;

namespace SockSort.Mqtt;

/// <summary>Accepts the broker's clients on one TCP port.</summary>
internal sealed class BrokerListener : IMqttServerAdapter
{
    private readonly BrokerOptions _options;
    private readonly BrokerTally _tally;
    private readonly TcpListener _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Listens from here on; clients wait until <see cref="StartAsync"/>.</summary>
    /// <exception cref="MqttException">The port is taken.</exception>
    public BrokerListener(BrokerOptions options, BrokerTally tally)
    {
        (_options, _tally) = (options, tally);
        _listener = new TcpListener(options.Address, options.Port);
        try
        {
            _listener.Start();
        }
        catch (SocketException error)
        {
            _listener.Dispose();
            throw MqttErrors.PortTaken(options.Port, error);
        }
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _accepting = AcceptAsync(options, logger);
        return Task.CompletedTask;
    }

    public async Task StopAsync()
    {
        _listener.Stop();
        await _accepting;
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        for (; ; )
        {
            try
            {
                var socket = await _listener.AcceptSocketAsync();
                _ = Task.Run(() => ServeAsync(socket, options, logger));
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                // The client has gone between its connect and our accept.
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket, MqttServerOptions options, IMqttNetLogger logger)
    {
        _ = Interlocked.Increment(ref _tally.Connections);
        try
        {
            socket.NoDelay = true;
            var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
            using var channel = new BrokerChannel(socket, _options.MaxPacketBytes, _tally);
            using var adapter = new MqttChannelAdapter(channel, formatter, logger);
            await ClientHandler!(new BrokerConnection(adapter, _options));
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            // The client's connection broke while it was being closed.
        }
        finally
        {
            _ = Interlocked.Decrement(ref _tally.Connections);
        }
    }
}
