using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using SockSort.Edge.Recognition;
using SockSort.Mqtt;

namespace SockSort.Edge.Loop;

/// <summary>The cameras of a process as metrics, each named by the tag <c>camera</c>: frames, the model's time, and messages.</summary>
public sealed class EdgeMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "SockSort.Edge";

    // From a fast model on a fast machine to a picture that has waited for half a minute.
    private static readonly double[] Seconds = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _model;
    private readonly Histogram<double> _delay;
    private ImmutableList<(string Camera, EdgeRunner Runner)> _cameras = [];

    /// <summary>Measures no camera yet.</summary>
    public EdgeMeter()
    {
        _model = Times("socksort.model.time", "how long the model took for a frame");
        _delay = Times("socksort.frame.delay", "from the capture of a frame until its message waited for the broker");
        Counter("socksort.camera.frames", "frames classified", counts => counts.Frames);
        Counter("socksort.camera.frames.dropped", "frames that were overtaken by newer ones", counts => counts.Camera.Dropped);
        Counter("socksort.camera.frames.unreadable", "pictures that could not be read", counts => counts.Camera.Skipped);
        Counter("socksort.camera.frames.damaged", "frames of a video or stream that were damaged", counts => counts.Camera.Damaged);
        Counter("socksort.camera.reopened", "how often a camera that had broken off gave frames again", counts => counts.Camera.Reopened);
        Counter("socksort.publisher.messages", "messages given to the publisher", counts => counts.Publisher.Enqueued);
        Counter("socksort.publisher.acknowledged", "messages that the broker has taken", counts => counts.Publisher.Acknowledged);
        Counter("socksort.publisher.dropped", "messages lost, as the publisher's queue was full", counts => counts.Publisher.Dropped);
        Counter("socksort.publisher.refused", "messages lost, as the broker has refused them", counts => counts.Publisher.Rejected);
        Counter("socksort.publisher.resent", "sends of messages that had been sent before", counts => counts.Publisher.Resent);
        Gauge("socksort.publisher.waiting", "messages that the broker has not taken yet", Waiting);
        Gauge("socksort.publisher.connected", "1 while the broker is connected", Connected);
        _meter.CreateObservableGauge("socksort.model.info", ModelsInUse, unit: null, "1 of the model that a camera runs, by its version");
        ModelCounter("socksort.model.taken", "models taken into use since the start, the first one not counted", model => model.Taken);
        ModelCounter("socksort.model.refused", "models and orders that were refused", model => model.Refused);
    }

    /// <summary>Measures a camera from now on.</summary>
    /// <param name="camera">Its name.</param>
    /// <param name="runner">Its loop, which is not run yet.</param>
    public void Add(string camera, EdgeRunner runner)
    {
        _ = ImmutableInterlocked.Update(ref _cameras, cameras => cameras.Add((camera, runner)));
        var tag = Tag(camera);
        runner.FrameDone += frame =>
        {
            _model.Record(frame.ModelTime.TotalSeconds, tag);
            _delay.Record(Math.Max(0, (frame.EnqueuedAt - frame.Seen.CapturedAt).TotalSeconds), tag);
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private Histogram<double> Times(string name, string description) => _meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });

    private void Counter(string name, string description, Func<EdgeCounts, long> value) =>
        _meter.CreateObservableCounter(name, () => Measure(value), unit: null, description);

    private void Gauge(string name, string description, Func<EdgeCounts, long> value) =>
        _meter.CreateObservableGauge(name, () => Measure(value), unit: null, description);

    private void ModelCounter(string name, string description, Func<ModelStatus, long> value) => _meter.CreateObservableCounter(
        name, () => Models().Select(at => new Measurement<long>(value(at.Model), Tag(at.Camera))), unit: null, description);

    private IEnumerable<Measurement<long>> ModelsInUse() =>
        Models().Select(at => new Measurement<long>(1, Tag(at.Camera), KeyValuePair.Create("version", (object?)at.Model.Version)));

    private IEnumerable<(string Camera, ModelStatus Model)> Models()
    {
        foreach (var (camera, runner) in _cameras)
        {
            if (runner.Model is { } model)
                yield return (camera, model);
        }
    }

    private IEnumerable<Measurement<long>> Measure(Func<EdgeCounts, long> value) =>
        _cameras.Select(camera => new Measurement<long>(value(camera.Runner.Counts), Tag(camera.Camera)));

    private static long Waiting(EdgeCounts counts) => counts.Publisher.Waiting + counts.Publisher.InFlight;

    private static long Connected(EdgeCounts counts) => counts.Publisher.State == ConnectionState.Connected ? 1 : 0;

    private static KeyValuePair<string, object?> Tag(string camera) => new("camera", camera);
}
