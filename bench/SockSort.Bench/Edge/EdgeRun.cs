using SockSort.Bench.Classify;
using SockSort.Edge.Cameras;
using SockSort.Edge.Kept;
using SockSort.Edge.Loop;
using SockSort.Models.Inference;
using SockSort.Models.Package;
using SockSort.Mqtt.Broker;
using SockSort.Mqtt.Publishing;

namespace SockSort.Bench.Edge;

/// <summary>
/// The edge's loop over a folder of 720p JPEGs, as fast as it goes, in turns with ONNX Runtime's bare run; the broker is in this process.
/// </summary>
public sealed class EdgeRun : IDisposable
{
    private const int WarmUp = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly BenchFolder _pictures = new(Path.GetTempPath());
    private readonly ClassifierModel _model;
    private readonly BareSession _bare;

    /// <param name="package">What classifies the pictures.</param>
    /// <param name="threads">Threads of the network.</param>
    public EdgeRun(ModelPackage package, int threads)
    {
        EdgePictures.Write(_pictures.Path);
        _model = new ClassifierModel(package, new InferenceOptions { Threads = threads });
        _bare = new BareSession(package, threads, new float[package.Card.Input.CreatePreprocessor().TensorLength]);
    }

    /// <summary>Measures every job, and the bare network first in each round.</summary>
    /// <param name="frames">Frames of each in a round.</param>
    /// <param name="rounds">Rounds, in turns.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The bare network, then <see cref="EdgeJob.All"/>.</returns>
    /// <exception cref="BenchException">A message is missing at the broker.</exception>
    public async Task<IReadOnlyList<RoundTimes>> MeasureAsync(int frames, int rounds, CancellationToken cancellation)
    {
        var times = Enumerable.Range(0, EdgeJob.All.Length + 1).Select(_ => new RoundTime[rounds]).ToArray();
        RunBare(WarmUp);
        for (var round = 0; round < rounds; round++)
        {
            times[0][round] = RunBare(frames);
            for (var job = 0; job < EdgeJob.All.Length; job++)
                times[job + 1][round] = await RunAsync(EdgeJob.All[job], frames, cancellation);
        }
        return [.. times.Select(RoundTimes.Of)];
    }

    public void Dispose()
    {
        _bare.Dispose();
        _model.Dispose();
        _pictures.Dispose();
    }

    private RoundTime RunBare(int frames)
    {
        var clock = new RoundClock();
        for (var frame = 0; frame < frames; frame++)
            _bare.Run();
        return clock.For(frames);
    }

    /// <summary>From the end of the warm-up until the broker has acknowledged the last message.</summary>
    private async Task<RoundTime> RunAsync(EdgeJob job, int frames, CancellationToken cancellation)
    {
        await using var broker = await EmbeddedBroker.StartAsync(cancellationToken: cancellation);
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = broker.Endpoint });
        await using var camera = CameraSource.Open(_pictures.Path, new CameraOptions { Fps = 0, Loop = true });
        using var classifier = new Classifier(_model);
        var runner = new EdgeRunner(camera, classifier, publisher, new EdgeOptions { Fields = MessageFields.Run | MessageFields.Seq });
        if (job.KeepsFrames)
            runner.KeepIn(new FrameStore(FrameStore.DefaultBytes));
        await using var viewer = job.IsWatched ? await WatchedView.StartAsync(runner, cancellation) : null;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var (done, clock) = (0, new RoundClock());
        runner.FrameDone += _ =>
        {
            done++;
            if (done == WarmUp)
                clock = new RoundClock();
            if (done == WarmUp + frames)
                end.Cancel();
        };
        await runner.RunAsync(end.Token);
        var isPublished = await publisher.FlushAsync(Patience, cancellation);
        var time = clock.For(frames);
        if (!isPublished || publisher.Status.Acknowledged != done)
            throw new BenchException($"{publisher.Status.Acknowledged} of {done} messages were acknowledged");
        return time;
    }
}
