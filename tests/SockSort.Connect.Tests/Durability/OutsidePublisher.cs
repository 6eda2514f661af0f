using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using SockSort.Mqtt;
using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Connections.Opening;
using SockSort.Mqtt.Publishing;
using SockSort.Mqtt.Receiving;
using SockSort.Mqtt.Subscribing;

namespace SockSort.Connect.Tests.Durability;

/// <summary>
/// Publishes numbers with acknowledgement (QoS 1) through the plain library, notes each acknowledgement, and sends what a
/// broken connection left without one again over the next.
/// </summary>
internal sealed class OutsidePublisher(MqttEndpoint endpoint)
{
    private const int InFlight = 30;

    private readonly CancellationTokenSource _enough = new();
    private readonly ConcurrentQueue<int> _again = new();
    private int _next;

    /// <summary>Numbers that the broker has acknowledged.</summary>
    public ConcurrentDictionary<int, bool> Acknowledged { get; } = new();

    /// <summary>Numbers whose acknowledgement a broken connection cut off, at least once.</summary>
    public ConcurrentDictionary<int, bool> CutOff { get; } = new();

    /// <summary>No new numbers; <see cref="RunAsync"/> ends when all are acknowledged.</summary>
    public void Finish() => _enough.Cancel();

    public async Task RunAsync()
    {
        while (!_enough.IsCancellationRequested || !_again.IsEmpty)
        {
            using var client = new MqttClientFactory().CreateMqttClient();
            try
            {
                _ = await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(endpoint.Host, endpoint.Port)
                    .WithCredentials(endpoint.User, endpoint.Password).WithClientId("outside").Build());
                await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => SendAsync(client)));
            }
            catch (Exception)
            {
                // The host is down or was killed: again, over a new connection.
            }
        }
    }

    private async Task SendAsync(IMqttClient client)
    {
        while (client.IsConnected)
        {
            if (!_again.TryDequeue(out var number))
            {
                if (_enough.IsCancellationRequested)
                    return;
                number = Interlocked.Increment(ref _next);
            }
            try
            {
                var result = await client.PublishAsync(new MqttApplicationMessage
                {
                    Topic = "sockfound",
                    Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes($"{number}")),
                    QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                });
                if (!result.IsSuccess)
                    throw new InvalidOperationException($"{result.ReasonCode}");
                Acknowledged[number] = true;
            }
            catch (Exception)
            {
                CutOff[number] = true;
                _again.Enqueue(number);
                return;
            }
        }
    }
}
