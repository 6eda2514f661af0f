using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Broker.Keeping;

/// <summary>A broker in a process of its own, killed with <c>kill -9</c> while messages come.</summary>
public sealed class KilledBrokerTests : IDisposable
{
    private const int Kills = 5;
    private const int MessagesOfEach = 100;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_acknowledged_message_for_an_absent_client_is_lost(int qos)
    {
        var endpoint = new MqttEndpoint { Host = "127.0.0.1", Port = FreePort.Next(), User = "socksort", Password = "right" };
        using (var first = await StartAsync(endpoint))
        {
            using var subscriber = await TestClient.ConnectAsync(endpoint, "absent", MqttProtocolVersion.V311, clean: false);
            _ = await subscriber.SubscribeAsync("a", (MqttQualityOfServiceLevel)qos);
        }

        var acknowledged = new HashSet<int>();
        for (var kill = 0; kill < Kills; kill++)
            await PublishUntilKilledAsync(endpoint, qos, kill, acknowledged);
        using var last = await StartAsync(endpoint);
        var received = await ReceiveAsync(endpoint, qos);

        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(received));
        Assert.Equal(received.Count, received.Distinct().Count());
    }

    /// <summary>Publishes numbers, and kills the broker when some of them are acknowledged and others are on their way.</summary>
    private async Task PublishUntilKilledAsync(MqttEndpoint endpoint, int qos, int kill, HashSet<int> acknowledged)
    {
        using var broker = await StartAsync(endpoint);
        using var publisher = await TestClient.ConnectAsync(endpoint, $"publisher-{kill}");
        var sent = Enumerable.Range(kill * MessagesOfEach, MessagesOfEach).ToDictionary(
            number => number, number => publisher.PublishAsync("a", $"{number}", qos));
        _ = await Task.WhenAny(sent.Values.Skip(kill));
        broker.Kill();
        foreach (var (number, publishing) in sent)
        {
            if (await publishing.ContinueWith(done => done.IsCompletedSuccessfully && done.Result.IsSuccess, TaskScheduler.Default))
                _ = acknowledged.Add(number);
        }
    }

    private static async Task<List<int>> ReceiveAsync(MqttEndpoint endpoint, int qos)
    {
        var received = new List<int>();
        var end = new TaskCompletionSource();
        void Take(MqttApplicationMessage message)
        {
            if (message.ConvertPayloadToString() is "end")
                end.SetResult();
            else
                received.Add(int.Parse(message.ConvertPayloadToString()!));
        }

        using var subscriber = await TestClient.ConnectAsync(endpoint, "absent", MqttProtocolVersion.V311, clean: false, Take);
        using var publisher = await TestClient.ConnectAsync(endpoint);
        _ = await publisher.PublishAsync("a", "end", qos);
        await end.Task.WaitAsync(TimeSpan.FromMinutes(2));
        return received;
    }

    /// <summary>A broker that takes clients.</summary>
    private Task<KilledHost> StartAsync(MqttEndpoint endpoint) =>
        KilledHost.StartAsync("broker", _folder.Path, $"{endpoint.Port}", endpoint.User!, endpoint.Password!);
}
