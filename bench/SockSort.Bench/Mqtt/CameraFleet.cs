using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SockSort.Bench.Mqtt;

/// <summary>
/// Cameras that publish evenly, one after the other, at QoS 1, each over a connection of its own and with the fields that
/// <c>socksort run</c> asks for. Messages are numbered over all cameras.
/// </summary>
internal sealed class CameraFleet : IDisposable
{
    private const byte PublishQos1 = 0x32;
    private const int AckBytes = RawMqtt.AckBytes;

    private static readonly byte[] Topic = RawMqtt.Text(MqttPayloads.Topic);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly RawMqtt[] _clients;

    /// <exception cref="BenchException">The broker closes a connection.</exception>
    public CameraFleet(MqttServer server, int cameras) =>
        _clients = [.. Enumerable.Range(0, cameras).Select(camera => new RawMqtt(server, $"camera-{camera}"))];

    /// <summary>Messages published so far.</summary>
    public long Sent { get; private set; }

    /// <summary>Messages that the broker has acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>
    /// Publishes, on a thread of its own. A message says when it was due, so that one that had to wait for its turn counts from then.
    /// </summary>
    /// <param name="perSecond">Messages a second of each camera.</param>
    /// <param name="duration">Rounded up to the same number of messages for each camera.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Task RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellation) =>
        OwnThread.RunAsync(() => Run(perSecond, duration, cancellation), CancellationToken.None);

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
    }

    private void Run(double perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var interval = Stopwatch.Frequency / (perSecond * _clients.Length);
        var end = Sent + ((long)Math.Ceiling(perSecond * duration.TotalSeconds) * _clients.Length);
        var (begin, first) = (Stopwatch.GetTimestamp(), Sent);
        while (Sent < end && !cancellation.IsCancellationRequested)
        {
            var due = begin + (long)((Sent - first) * interval);
            if (due > Stopwatch.GetTimestamp())
                Thread.Sleep(Pause);
            else
                Publish(due);
        }
        foreach (var client in _clients)
            Acknowledge(client, (int)(Sent / _clients.Length * AckBytes) - (int)(Acknowledged / _clients.Length * AckBytes));
        Acknowledged = Sent;
    }

    private void Publish(long due)
    {
        var (camera, seq) = ((int)(Sent % _clients.Length), (Sent / _clients.Length) + 1);
        var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""
            {"image":"Google","probability":97.42,"camera":"c{{camera}}","run":"r","seq":{{seq}},"number":{{Sent}},"sent":{{due}}}
            """));
        var body = new byte[Topic.Length + 2 + payload.Length];
        Topic.CopyTo(body, 0);
        BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(Topic.Length), (ushort)(((seq - 1) % ushort.MaxValue) + 1));
        payload.CopyTo(body, Topic.Length + 2);
        _clients[camera].Send(RawMqtt.Packet(PublishQos1, body));
        Sent++;
    }

    /// <summary>The few bytes of a run's acknowledgements have waited in the socket.</summary>
    private static void Acknowledge(RawMqtt client, int bytes)
    {
        var read = new byte[bytes];
        client.Read(read);
        for (var at = 0; at < bytes; at += AckBytes)
        {
            if (read[at] != 0x40)
                throw new BenchException($"the broker answers with packet 0x{read[at]:X2} where an acknowledgement is expected");
        }
    }
}
