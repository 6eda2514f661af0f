using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Edge.Tests.Cameras;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Loop;

/// <summary>A broker that comes back with another password, and then with the right one again.</summary>
public sealed class BrokerPasswordTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private readonly ConcurrentQueue<long> _arrived = new();

    public BrokerPasswordTests() => Pictures.WriteFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_lost_while_a_broker_refuses_the_password_and_the_state_says_why()
    {
        var first = await StartBrokerAsync("knows");
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = first.Endpoint });
        await using var camera = CameraSource.Open(_folder.Path, new CameraOptions { Fps = 50, Loop = true });
        using var classifier = ColourModel.Open();
        var runner = new EdgeRunner(camera, classifier, publisher, new EdgeOptions { Fields = MessageFields.Seq });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = runner.RunAsync(end.Token);
        await Eventually.TrueAsync(() => _arrived.Count > 10, "messages arrive");

        await first.DisposeAsync();
        await using (await StartBrokerAsync("changed"))
        {
            await Eventually.TrueAsync(() => publisher.Status.State == ConnectionState.WrongCredentials, "the password is refused");
            Assert.Equal($"{first.Endpoint} refuses user 'socksort': wrong user or password", publisher.Status.LastError);
            var frames = runner.Counts.Frames;
            await Eventually.TrueAsync(() => runner.Counts.Frames > frames + 10, "the camera goes on");
        }
        await using var third = await StartBrokerAsync("knows");
        await Eventually.TrueAsync(() => publisher.Status.State == ConnectionState.Connected, "the publisher is back");
        await end.CancelAsync();
        await running;
        Assert.True(await publisher.FlushAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

        var sent = runner.Counts.Publisher.Enqueued;
        Assert.Equal(Enumerable.Range(1, (int)sent).Select(seq => (long)seq), _arrived.Distinct());
        Assert.Equal((sent, 0), (publisher.Status.Acknowledged, publisher.Status.Dropped));
    }

    private async Task<EmbeddedBroker> StartBrokerAsync(string password)
    {
        var broker = await EmbeddedBroker.StartAsync(
            new BrokerOptions { Port = _port, Password = password }, TestContext.Current.CancellationToken);
        _ = broker.Intake("sockfound", message =>
        {
            _arrived.Enqueue(JsonNode.Parse(message.Payload.Span)!["seq"]!.GetValue<long>());
            return Task.CompletedTask;
        });
        return broker;
    }
}
