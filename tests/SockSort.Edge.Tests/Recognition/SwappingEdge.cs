using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Edge.Recognition;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Models.Versions;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Recognition;

/// <summary>
/// A camera of four colours without end, its loop, and the broker that it publishes to; its model lies in a file that a test changes.
/// </summary>
internal sealed class SwappingEdge : IAsyncDisposable
{
    /// <summary>Says the colours as socks, in the pictures' order.</summary>
    public static readonly PackageFile Socks = PackageFile.Of(ColourModel.Package());

    /// <summary>Says other labels of the same pictures.</summary>
    public static readonly PackageFile Colours = PackageFile.Of(ColourModel.Package(ColourNames));

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly EmbeddedBroker _broker;
    private readonly ICamera _camera;
    private readonly Recogniser _recogniser;
    private readonly MqttPublisher _publisher;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;
    private readonly ConcurrentQueue<string> _models = new();
    private readonly ConcurrentQueue<string> _messages = new();

    private SwappingEdge(EmbeddedBroker broker, string pictures, SharedModelOptions options, bool tellsUnknown)
    {
        _broker = broker;
        Listen(broker, CameraTopics.RunningModel("desk"), _models);
        Listen(broker, EdgeOptions.DefaultTopic, _messages);
        Model = SharedModel.Open(PackageFile.Read(options.Path!), options with { Loggers = Log, LookEvery = LookEvery });
        _camera = CameraSource.Open(pictures, new CameraOptions { Fps = 200, Loop = true });
        _recogniser = new Recogniser(Model, tellsUnknown);
        _publisher = MqttPublisher.Start(new PublisherOptions
        {
            Endpoint = broker.Endpoint,
            ModelTopic = CameraTopics.RunningModel("desk"),
            Orders = new ListenedTopic(CameraTopics.Model("desk"), Model.Order),
        });
        var edge = new EdgeOptions { Fields = MessageFields.Run | MessageFields.Seq | MessageFields.Model | MessageFields.Learnt };
        Runner = new EdgeRunner(_camera, _recogniser, _publisher, edge);
        Runner.FrameDone += Frames.Enqueue;
        _running = Runner.RunAsync(_ending.Token);
    }

    public static string[] ColourNames => ["Red", "Green", "Blue", "Yellow"];

    public RecordedLog Log { get; } = new();

    public SharedModel Model { get; }

    public EdgeRunner Runner { get; }

    /// <summary>All frames that are done, in their order.</summary>
    public ConcurrentQueue<EdgeFrame> Frames { get; } = new();

    public ModelStatus Status => Runner.Model!;

    /// <summary>What the retained topic has said, in its order.</summary>
    public IReadOnlyList<JsonElement> Told => [.. _models.Select(json => JsonDocument.Parse(json).RootElement)];

    public IReadOnlyList<JsonElement> Messages => [.. _messages.Select(json => JsonDocument.Parse(json).RootElement)];

    /// <param name="temp">Takes the model, if it has none yet, and the pictures.</param>
    /// <param name="options">Its path is set.</param>
    /// <param name="tellsUnknown">Whether the camera tells unknown socks.</param>
    public static async Task<SwappingEdge> StartAsync(TempFolder temp, SharedModelOptions? options = null, bool tellsUnknown = false)
    {
        var model = temp.File("models/model.tar.gz");
        if (!File.Exists(model))
            Socks.Package.Write(model);
        Directory.CreateDirectory(temp.File("pictures"));
        Pictures.WriteFolder(temp.File("pictures"));
        var broker = await EmbeddedBroker.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var edge = new SwappingEdge(broker, temp.File("pictures"), (options ?? new()) with { Path = model }, tellsUnknown);
        // A publisher listens for orders before it sends its first message.
        await Eventually.TrueAsync(() => edge.Told.Count > 0 && edge.Messages.Count > 0, "the camera tells its model, and listens");
        return edge;
    }

    public void Order(string json, bool retain = false) =>
        _broker.Tell(CameraTopics.Model("desk"), Encoding.UTF8.GetBytes(json), retain);

    public Task RunsAsync(PackageFile version) =>
        Eventually.TrueAsync(() => Status.Version == version.Version, $"version {version.Version} is in use");

    public Task RefusesAsync(int count) => Eventually.TrueAsync(() => Status.Refused == count, $"{count} were refused");

    /// <summary>Waits for frames that begin after now.</summary>
    public Task FramesAsync(int more)
    {
        var enough = Frames.Count + more;
        return Eventually.TrueAsync(() => Frames.Count >= enough, $"{more} frames more are done");
    }

    /// <summary>Ends the loop, and waits until the broker has all messages.</summary>
    public async Task EndAsync()
    {
        await _ending.CancelAsync();
        await _running;
        Assert.True(await _publisher.FlushAsync(TimeSpan.FromMinutes(1)));
        await Eventually.TrueAsync(() => _messages.Count == Frames.Count, "each frame's message is there");
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running;
        await _publisher.DisposeAsync();
        _recogniser.Dispose();
        await Model.DisposeAsync();
        await _camera.DisposeAsync();
        await _broker.DisposeAsync();
        _ending.Dispose();
    }

    private static void Listen(EmbeddedBroker broker, string topic, ConcurrentQueue<string> arrived) => broker.Intake(topic, message =>
    {
        arrived.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
        return Task.CompletedTask;
    });
}
