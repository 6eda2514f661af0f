using System.Net.Sockets;

namespace SockSort.Bench.Mqtt;

/// <summary>A subscriber at QoS 0 that reads 4 KiB every 100 ms, until it is told to read all; it counts its messages.</summary>
internal sealed class SlowSubscriber : IDisposable
{
    private const byte Subscribe = 0x82;
    private const int SubscribeAckBytes = 5;
    private const int PublishType = 3;
    private const int ReadBytes = 4 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly RawMqtt _client;
    private readonly Thread _thread;
    private volatile bool _isSlow = true;
    private volatile bool _isEnding;
    private long _received;

    /// <exception cref="BenchException">The broker closes the connection.</exception>
    public SlowSubscriber(MqttServer server)
    {
        _client = new RawMqtt(server, "slow", ReadBytes);
        _client.Send(RawMqtt.Packet(Subscribe, [0, 1, .. RawMqtt.Text(MqttPayloads.Topic), 0]));
        _client.Read(new byte[SubscribeAckBytes]);
        _thread = new Thread(ReadAll) { IsBackground = true };
        _thread.Start();
    }

    public long Received => Interlocked.Read(ref _received);

    /// <summary>Reads as fast as it can from here on.</summary>
    public void Hurry() => _isSlow = false;

    public void Dispose()
    {
        _isEnding = true;
        _client.Dispose();
        _thread.Join();
    }

    private void ReadAll()
    {
        var buffer = new byte[ReadBytes];
        var length = 0;
        try
        {
            while (!_isEnding)
            {
                length += _client.ReadSome(buffer.AsSpan(length));
                var taken = Count(buffer.AsSpan(0, length));
                buffer.AsSpan(taken, length - taken).CopyTo(buffer);
                length -= taken;
                if (_isSlow)
                    Thread.Sleep(Pause);
            }
        }
        catch (Exception error) when (_isEnding && error is SocketException or ObjectDisposedException or BenchException)
        {
            // Its own end.
        }
    }

    /// <returns>Bytes of whole packets; each is shorter than 128 bytes.</returns>
    private int Count(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at + 2 <= bytes.Length && at + 2 + bytes[at + 1] <= bytes.Length)
        {
            if (bytes[at] >> 4 == PublishType)
                _ = Interlocked.Increment(ref _received);
            at += 2 + bytes[at + 1];
        }
        return at;
    }
}
