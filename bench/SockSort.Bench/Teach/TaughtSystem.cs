using SockSort.Edge.Loop;
using SockSort.Edge.Recognition;
using SockSort.Imaging.Synthetic;
using SockSort.Models.Versions;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Sessions;

namespace SockSort.Bench.Teach;

/// <summary>
/// A camera's way to the broker, with the model that it follows and the session that teaches, as <c>socksort run</c> has them.
/// </summary>
internal sealed class TaughtSystem : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly EmbeddedBroker _broker;
    private readonly SharedModel _model;
    private readonly Recogniser _recogniser;
    private readonly MqttPublisher _publisher;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _running;

    // Waits for the frame that is shown by itself.
    private volatile TaskCompletionSource<EdgeFrame>? _told;

    private TaughtSystem(EmbeddedBroker broker, string photos, string model, TeachOptions options)
    {
        _broker = broker;
        _model = SharedModel.Open(
            PackageFile.Read(model), new SharedModelOptions { Path = model, KnownPictures = labels => KnownPhotos.Of(photos, labels) });
        _recogniser = new Recogniser(_model, tellsUnknown: false);
        _publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });
        Runner = new EdgeRunner(
            Camera, _recogniser, _publisher, new EdgeOptions { Fields = MessageFields.Run | MessageFields.Seq | MessageFields.Learnt });
        Teaching = new TeachingSession(photos, () => FrameReader.Open(model, ""), options.TrainerOf(model), options.LearnerOf(_model));
        Runner.FrameDone += frame =>
        {
            Teaching.See(Camera.Name, frame.Seen.Picture);
            _ = _told?.TrySetResult(frame);
        };
        _running = Runner.RunAsync(_ending.Token);
    }

    public ShownCamera Camera { get; } = new();

    public EdgeRunner Runner { get; }

    public TeachingSession Teaching { get; }

    public static async Task<TaughtSystem> StartAsync(string photos, string model, TeachOptions options, CancellationToken cancellation) =>
        new(await EmbeddedBroker.StartAsync(cancellationToken: cancellation), photos, model, options);

    /// <summary>Shows one frame and waits until it is told.</summary>
    public async Task<EdgeFrame> ShowAsync(LabelledFrame drawn, CancellationToken cancellation)
    {
        var told = _told = new TaskCompletionSource<EdgeFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Camera.Show(drawn);
        var frame = await told.Task.WaitAsync(Patience, cancellation);
        _told = null;
        return frame;
    }

    /// <summary>Messages that the broker has taken; waits for those on their way.</summary>
    /// <exception cref="BenchException">They do not come.</exception>
    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        var limit = DateTime.UtcNow + Patience;
        // The newest frame may still be before the model.
        while (Camera.Counts is { } counts && Camera.LastNumber > counts.Frames + counts.Dropped && DateTime.UtcNow < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        while (Runner.Counts.Frames < Camera.Counts.Frames && DateTime.UtcNow < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        if (!await _publisher.FlushAsync(Patience, cancellation))
            throw new BenchException("messages are not taken by the broker");
        return _publisher.Status.Acknowledged;
    }

    public async ValueTask DisposeAsync()
    {
        await Teaching.DisposeAsync();
        await _ending.CancelAsync();
        await _running;
        await _publisher.DisposeAsync();
        _recogniser.Dispose();
        await _model.DisposeAsync();
        await _broker.DisposeAsync();
        _ending.Dispose();
    }
}
