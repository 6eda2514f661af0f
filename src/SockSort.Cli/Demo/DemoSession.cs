using System.Net;
using SockSort.Cli.Brokers;
using SockSort.Cli.Recognition;
using SockSort.Connect.Configuration;
using SockSort.Connect.Worker;
using SockSort.Edge.Cameras;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Log;
using SockSort.Log.Opening;
using SockSort.Models.Inference;
using SockSort.Models.Package;
using SockSort.Mqtt;

namespace SockSort.Cli.Demo;

/// <summary>The whole way in one process: log, broker, connector, SQL, then camera, classifier, publisher and live view.</summary>
internal sealed class DemoSession : IAsyncDisposable
{
    /// <summary>The topic that the script's connector writes to.</summary>
    private const string Topic = "data_mqtt";

    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan DrainPause = TimeSpan.FromMilliseconds(20);

    // Ctrl-C ends all within 2 s: what the broker has not acknowledged by then is counted as lost.
    private static readonly TimeSpan FlushAtEnd = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan DrainAtEnd = TimeSpan.FromMilliseconds(500);

    private readonly DemoOptions _options;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly ILog _log;
    private readonly long _firstOffset;
    private readonly DemoMeter _meter;
    private readonly QueryWatch _watch;
    private string? _lastError;
    private DateTimeOffset? _awaySince;
    private long _missed;

    private DemoSession(DemoOptions options, ModelPackage model)
    {
        _options = options;
        _log = Keep(DataFolder.Open(options.Data));
        _firstOffset = _log.EndOffset(Topic);
        _meter = new DemoMeter(model.Labels, _firstOffset, TimeProvider.System);
        _watch = new QueryWatch(Topic, _firstOffset, _meter);
    }

    public EmbeddedBroker? Broker { get; private set; }
    public MqttEndpoint Endpoint { get; private set; } = null!;
    public LiveViewServer View { get; private set; } = null!;
    public DateTimeOffset? FirstFrameAt => _meter.FirstFrameAt;

    /// <summary>What ended the frames before their time; null where nothing did. What was shown until then is told all the same.</summary>
    public Exception? Failure { get; private set; }

    private ConnectWorker Worker { get; set; } = null!;
    private DemoQueries Queries { get; set; } = null!;
    private ICamera Camera { get; set; } = null!;
    private MqttPublisher Publisher { get; set; } = null!;
    private EdgeRunner Runner { get; set; } = null!;

    /// <summary>Starts everything but the camera.</summary>
    /// <exception cref="Exception">
    /// Any part's own: the log is held by another process, a port is taken, the camera is missing, …
    /// </exception>
    public static async Task<DemoSession> StartAsync(DemoOptions options, ModelPackage model, Action<string> note, CancellationToken cancel)
    {
        var session = new DemoSession(options, model);
        try
        {
            session.Camera = session.Keep(DemoCamera.Open(options));
            await session.StartMessagesAsync(note, cancel);
            await session.StartEdgeAsync(model, cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes frames for as long as asked, or until cancelled; then waits, for a moment, for what is under way.</summary>
    public async Task RunAsync(IDemoScreen screen, CancellationToken cancel)
    {
        Camera.Skipped += picture => screen.Note($"skipped {picture.Name}: {picture.Problem}");
        Camera.StatusChanged += status => TellCamera(status, screen);
        Runner.FrameDone += _meter.OnFrame;
        new BrokerNews(Publisher, text => screen.Note($"broker: {text}")).Follow();
        using var tailing = new CancellationTokenSource();
        var tail = TailAsync(tailing.Token);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ending.CancelAfter(_options.Length);
        var clock = TimeProvider.System.GetTimestamp();
        var journal = Broker is null ? null : new BrokerJournal(() => Broker.Counts, screen.Note, TimeProvider.System);
        var frames = Runner.RunAsync(ending.Token);
        while (!frames.IsCompleted)
        {
            journal?.Look();
            Show(screen, TimeProvider.System.GetElapsedTime(clock));
            _ = await Task.WhenAny(frames, Task.Delay(ShowEvery, CancellationToken.None));
        }
        await frames.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Failure = frames.Exception?.InnerException;
        // A live camera goes on while the rest is put away.
        _missed = Runner.Counts.Camera.Dropped;
        _ = await Publisher.FlushAsync(FlushAtEnd, CancellationToken.None);
        await DrainAsync();
        await tailing.CancelAsync();
        await tail.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Show(screen, TimeProvider.System.GetElapsedTime(clock));
    }

    public async Task<DemoReport> ReportAsync(double? firstFrameSeconds, double trainSeconds)
    {
        var counts = Runner.Counts;
        var connectors = Worker.List();
        return _meter.Complete(new DemoReport
        {
            Frames = counts.Frames,
            Missed = _missed,
            Damaged = counts.Camera.Damaged,
            Reopened = counts.Camera.Reopened,
            CameraProblem = Camera.Status.Problem,
            Published = counts.Publisher.Acknowledged,
            Dropped = LostMessages.Count(counts.Publisher),
            Losses = [.. LostMessages.Lines(counts.Publisher), .. connectors.SelectMany(LossesOf)],
            SubscribersMissed = Broker?.Counts.QueueDropped ?? 0,
            ConnectorLost = connectors.Sum(connector => connector.Counts.Dropped),
            Unreadable = Queries.Unreadable,
            Redelivered = connectors.Sum(connector => connector.Counts.Redelivered),
            FirstFrameSeconds = firstFrameSeconds,
            TrainSeconds = trainSeconds,
        });
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

    private static IEnumerable<string> LossesOf(ConnectorInfo connector) =>
        connector.Counts.Dropped == 0
            ? []
            : [$"{connector.Counts.Dropped} messages that connector '{connector.Name}' had taken and could not store"];

    private async Task StartMessagesAsync(Action<string> note, CancellationToken cancel)
    {
        if (_options.Broker is { } other)
        {
            var (user, password) = (
                Environment.GetEnvironmentVariable("MQTT_USERNAME"), Environment.GetEnvironmentVariable("MQTT_PASSWORD"));
            Endpoint = MqttEndpoint.Parse(other, user, password) with { Version = _options.MqttVersion };
            // The script's connector has its own address of the broker, which says nothing of versions.
            MqttVersions.Prefer(Endpoint);
        }
        else
        {
            var credentials = BrokerCredentials.ReadOrMake(_options.Data);
            Broker = Keep(await EmbeddedBroker.StartAsync(
                new BrokerOptions
                {
                    Doors = [new BrokerDoor(IPAddress.Loopback, _options.MqttPort), .. _options.BrokerSetup?.Doors ?? []],
                    Users = _options.BrokerSetup?.Users,
                    User = credentials.User,
                    Password = credentials.Password,
                    // Clients of an earlier demo are back before the connector is up.
                    MustBeStored = EdgeOptions.DefaultTopic,
                }, cancel));
            Endpoint = Broker.Endpoint;
        }
        var secrets = BrokerCredentials.FolderIn(_options.Data, isOwn: Broker is not null);
        BrokerCredentials.Write(secrets, Endpoint);
        Worker = Keep(new ConnectWorker(_log, new Secrets(secrets), Broker));
        Queries = Keep(new DemoQueries(_log, Worker, _watch));
        _watch.CountingBegins += _meter.BeginCounting;
        _watch.OlderDone += Queries.BeginCounting;
        await Queries.StartAsync(_meter, note, cancel);
    }

    private async Task StartEdgeAsync(ModelPackage model, CancellationToken cancel)
    {
        var classifier = new Classifier(model);
        Keep(classifier);
        var name = Keep(DemoCamera.Hold(_options, Endpoint, isOwn: Broker is not null)).Name;
        Publisher = Keep(
            MqttPublisher.Start(
                new PublisherOptions { Endpoint = Endpoint, StatusTopic = $"socksort/{CameraName.TopicLevel(name)}/status" }));
        View = Keep(await LiveViewServer.StartAsync(_options.View with
        {
            Port = _options.ViewPort ?? LiveViewOptions.DefaultPort,
            AnyPortIfTaken = _options.ViewPort is null,
            PortFlag = "--view-port",
            CameraName = _options.CameraName is null ? Camera.Name : name,
            CameraStatus = () => Camera.Status,
            CertificateFolder = Path.Combine(_options.Data, "certificate"),
            Panels = Panels,
            Figures = () => Runner is null ? [] : EdgeFigures.Of(Runner.Counts),
        }, cancel));
        Runner = new EdgeRunner(Camera, classifier, Publisher, View, new EdgeOptions());
    }

    private IReadOnlyList<LivePanel> Panels()
    {
        if (Runner is null)
            return [];
        var view = ViewNow(TimeSpan.Zero);
        return
        [
            new LivePanel(
                "Pairs", ["Sock", "Seen", "So far"], [.. view.Pairs.Select(row => new[] { row.Image, $"{row.Socks}", row.PairSeen })]),
            new LivePanel("The way", [], [.. view.Rates.Select(rate => new[] { rate.Name, rate.Value })]),
        ];
    }

    private DemoView ViewNow(TimeSpan elapsed) => _meter.View(elapsed, _options.Length, Runner.Counts, Queries.Unreadable) with
    {
        CameraProblem = Camera.Status.Problem,
    };

    private void Show(IDemoScreen screen, TimeSpan elapsed)
    {
        screen.Show(ViewNow(elapsed));
        if (Queries.LastError is not { } error || error == _lastError)
            return;
        screen.Note($"skipped: {error}");
        _lastError = error;
    }

    private void TellCamera(CameraStatus status, IDemoScreen screen)
    {
        if (CameraWords.Change(status, ref _awaySince, TimeProvider.System) is { } text)
            screen.Note($"camera: {text}");
    }

    private async Task TailAsync(CancellationToken cancel)
    {
        using var reader = _log.OpenReader();
        await foreach (var record in reader.FollowAsync(Topic, 0, _firstOffset, cancel))
            _meter.OnLogged(record.Offset, (record.Value ?? default).Span);
    }

    /// <summary>Waits until log and queries have nothing more to do, at most for a moment: other publishers may go on for ever.</summary>
    private async Task DrainAsync()
    {
        var clock = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(clock) < DrainAtEnd)
        {
            if (_meter.Logged == _log.EndOffset(Topic) - _firstOffset && _watch.IsIdle(topic => _log.EndOffset(topic)))
                return;
            await Task.Delay(DrainPause);
        }
    }

    private T Keep<T>(T part)
    {
        _parts.Push(part as IAsyncDisposable ?? new Sync((IDisposable)part!));
        return part;
    }

    private sealed class Sync(IDisposable part) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
