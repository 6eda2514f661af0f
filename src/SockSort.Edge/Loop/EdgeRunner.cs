using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Edge.Cameras;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.Recognition;
using SockSort.Models.Inference;
using SockSort.Mqtt.Publishing;
using SockSort.Shared;

namespace SockSort.Edge.Loop;

/// <summary>
/// The loop of the edge: takes each frame from the camera, classifies it and publishes a message. It owns none of these parts; whoever
/// created them disposes them. A camera of files waits while a frame is classified; a live one drops frames that are overtaken.
/// </summary>
public sealed class EdgeRunner(ICamera camera, Recogniser recogniser, MqttPublisher publisher, EdgeOptions options)
{
    private readonly RateMeter _rate = new(options.Time);
    private readonly ILogger _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<EdgeRunner>();
    private readonly GrowingCount _dropped = new(options.Time);
    private long _frames;
    private long _modelTicks;
    private long _messages;
    private long _publishedAt;
    private string? _label;

    /// <summary>A loop of one model for good, by whose <see cref="EdgeOptions.Rejection"/> frames are told as unknown.</summary>
    public EdgeRunner(ICamera camera, Classifier classifier, MqttPublisher publisher, EdgeOptions options)
        : this(camera, Recogniser.Of(classifier, options.Rejection), publisher, options)
    {
    }

    /// <summary>Raised for each frame on the loop's own thread, so a slow handler delays the next frame.</summary>
    public event Action<EdgeFrame>? FrameDone;

    /// <summary>Current counters; may be read at any time, from any thread.</summary>
    public EdgeCounts Counts => new(Interlocked.Read(ref _frames), _rate.PerSecond, camera.Counts, publisher.Status);

    /// <summary>How long the model has taken for a frame on average, over about the last 20; null before the first frame.</summary>
    public TimeSpan? ModelTime => Interlocked.Read(ref _modelTicks) is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Whether the camera delivers frames; may be read at any time, from any thread.</summary>
    public CameraStatus CameraStatus => camera.Status;

    /// <summary>Which model it runs; null where it is one for good. May be read at any time, from any thread.</summary>
    public ModelStatus? Model => recogniser.Status;

    /// <summary>Shows every frame from now on in the given live view.</summary>
    public void ShowOn(LiveViewEndpoints view) => FrameDone += done => view.Show(done.Shown);

    /// <summary>
    /// Keeps every frame from now on by the run and the number of its message. Frames without a message, and those whose message the
    /// publisher did not take, are not kept: nobody would learn their number.
    /// </summary>
    public void KeepIn(FrameStore frames) => FrameDone += done =>
    {
        if (done is { IsEnqueued: true, Seq: { } seq })
            frames.Keep(options.Run, seq, done.Shown);
    };

    /// <summary>
    /// Runs until the camera ends or <paramref name="cancel"/> is signalled, and returns normally in both cases. Messages may still wait in
    /// the publisher then.
    /// </summary>
    /// <exception cref="CameraException">The camera cannot be read, or is a file that broke off.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        _log.EdgeStarted(camera.Name, options.Topic);
        camera.StatusChanged += TellStatus;
        TellStatus(camera.Status);
        recogniser.StatusChanged += TellModel;
        TellModel();
        try
        {
            while (await camera.NextAsync(cancel) is { } frame)
                Handle(frame);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The caller asked for the end, so this is no error.
        }
        catch (CameraException error)
        {
            _log.CameraFailed(camera.Name, error.Problem);
            throw;
        }
        finally
        {
            recogniser.StatusChanged -= TellModel;
        }
        _log.EdgeEnded(Interlocked.Read(ref _frames));
    }

    private void Handle(CameraFrame seen)
    {
        if (recogniser.Follow())
            TellModel();
        var begun = options.Time.GetTimestamp();
        var (said, isUnknown, isLearnt) = recogniser.Recognise(seen.Picture);
        var took = options.Time.GetElapsedTime(begun);
        Average(took);
        var label = isUnknown ? EdgeOptions.UnknownLabel : said.Label;
        var percent = said.Probability * 100.0;
        var classifiedAt = options.Time.GetUtcNow();
        long? seq = IsDue(label) ? ++_messages : null;
        var isEnqueued = seq is { } number && Publish(MessageOf(seen, label, said, isLearnt, number), number);
        var done = new EdgeFrame(seen, label, percent, classifiedAt, options.Time.GetUtcNow(), isEnqueued)
        {
            Seq = seq,
            ModelTime = took,
            Unknown = said.Unknown,
            IsLearnt = isLearnt,
        };
        Interlocked.Increment(ref _frames);
        _rate.Count();
        TellDropped(camera.Counts.Dropped);
        camera.Feed?.Answer(label, percent, seen.CapturedAt);
        FrameDone?.Invoke(done);
    }

    private void Average(TimeSpan took)
    {
        const int Frames = 20;
        var before = _modelTicks;
        var next = before == 0 ? took.Ticks : before + (took.Ticks - before) / Frames;
        Interlocked.Exchange(ref _modelTicks, Math.Max(1, next));
    }

    private bool IsDue(string label)
    {
        var sinceLast = options.Time.GetElapsedTime(_publishedAt);
        return options.PublishEvery.IsDue(label != _label, sinceLast);
    }

    private bool Publish(FrameMessage said, long seq)
    {
        var message = said.ToBytes();
        if (said.Label != _label)
            publisher.SayLatest(message);
        (_label, _publishedAt) = (said.Label, options.Time.GetTimestamp());
        return publisher.Publish(options.Topic, message, stamp: StampOf(seq));
    }

    private void TellStatus(CameraStatus status) => publisher.SayStatus(status.State switch
    {
        CameraState.Away => "away",
        CameraState.Ended => "ended",
        _ => "online",
    });

    private void TellModel()
    {
        if (recogniser.Status is { } status)
            publisher.SayModel(status.ToJson());
    }

    private void TellDropped(long count)
    {
        if (_dropped.IsNews(count))
            _log.FramesDropped(camera.Name, count);
    }

    private MessageStamp? StampOf(long seq) => options.CanBeConfirmed ? new MessageStamp(options.Run, seq) : null;

    private FrameMessage MessageOf(CameraFrame seen, string label, in Classification said, bool isLearnt, long seq) => new(
        label,
        said.Probability * 100.0,
        options.Fields.HasFlag(MessageFields.Camera) ? options.CameraName : null,
        options.Fields.HasFlag(MessageFields.Seq) ? seq : null,
        options.Fields.HasFlag(MessageFields.Ts) ? seen.CapturedAt : null,
        options.Fields.HasFlag(MessageFields.Run) ? options.Run : null)
    {
        Unknown = options.Fields.HasFlag(MessageFields.Unknown) ? said.Unknown : null,
        Second = options.Fields.HasFlag(MessageFields.Second) ? said.SecondLabel : null,
        SecondPercent = said.SecondProbability * 100.0,
        Model = options.Fields.HasFlag(MessageFields.Model) ? recogniser.Version : null,
        IsLearnt = isLearnt && options.Fields.HasFlag(MessageFields.Learnt),
    };
}
