using SockSort.Cli.Logs;
using SockSort.Cli.Brokers;
using SockSort.Cli.Parts;
using SockSort.Cli.Recognition;
using SockSort.Connect.Worker;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Cameras;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Host.Parts;
using SockSort.Mqtt;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Demo;

/// <summary>The whole pipeline in one process: log, broker, connector, SQL, then camera, classifier, publisher and live view.</summary>
internal sealed class DemoSession
{
    private static readonly TimeSpan ShowInterval = TimeSpan.FromMilliseconds(250);

    // Ctrl-C ends everything within 2 s: messages that the broker has not acknowledged by then count as lost.
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromMilliseconds(800);

    private readonly DemoOptions _options;
    private readonly DemoMessages _messages;
    private readonly ICamera _camera;
    private readonly CameraParts _edge;
    private readonly DemoMeter _meter;
    private string? _lastError;
    private DateTimeOffset? _awaySince;
    private long _missed;

    private DemoSession(DemoOptions options, DemoMessages messages, DemoMeter meter, ICamera camera, CameraParts edge) =>
        (_options, _messages, _meter, _camera, _edge) = (options, messages, meter, camera, edge);

    public EmbeddedBroker? Broker => _messages.Broker;
    public MqttEndpoint Endpoint => _messages.Endpoint;
    public ServedLiveView View => _edge.View!;
    public DateTimeOffset? FirstFrameAt => _meter.FirstFrameAt;

    /// <summary>The error that ended the frames early; null if none did. The figures until then are reported all the same.</summary>
    public Exception? Failure { get; private set; }

    private EdgeRunner Runner => _edge.Runner;
    private DemoQueries Queries => _messages.Queries;

    /// <summary>Starts everything except the camera's frames.</summary>
    /// <exception cref="Exception">
    /// The exception of any part: another process holds the log, a port is in use, the camera is missing, …
    /// </exception>
    public static async Task<DemoSession> StartAsync(
        PartHost host, DemoOptions options, LearntModel model, Action<string> note, CancellationToken cancel)
    {
        var log = SqlParts.OpenLog(host, new LogPlace(options.Data));
        var meter = new DemoMeter(model.Package.Labels, log.EndOffset(DemoMessages.Topic), TimeProvider.System);
        var camera = CameraParts.OpenCamera(host, "camera", () => DemoCamera.Open(options, host.Loggers));
        var messages = await DemoMessages.StartAsync(host, options, log, meter, note, cancel);
        var name = DemoCamera.HoldName(host, options, messages.Endpoint, isOwn: messages.Broker is not null);
        var shared = DemoDashboard.OpenModel(host, model);
        var dashboard = DemoDashboard.PartsOf(host, options, log, messages, model, shared);
        IReadOnlyList<LivePanel> Panels(EdgeRunner runner) => PanelsOf(CurrentView(options, TimeSpan.Zero, messages, meter, runner));
        var edge = await CameraParts.StartAsync(host, new CameraPlan
        {
            Camera = camera,
            Name = name,
            Model = shared,
            Broker = messages.Endpoint,
            Edge = new EdgeOptions(),
            View = options.View,
            ViewOptions = new LiveViewOptions
            {
                CameraName = options.CameraName is null ? camera.Name : name,
                Resolution = options.Resolution,
                Embedders = options.Embedders,
            },
            Dashboard = CameraParts.DashboardFor(dashboard, options.View),
            Panels = Panels,
        }, cancel);
        dashboard.Cameras.Add(new WatchedCamera(name, edge.Runner, edge.View!.Routes) { Phone = edge.View.Phone });
        return new DemoSession(options, messages, meter, camera, edge);
    }

    /// <summary>Takes frames for the requested time or until cancelled; then waits a short time for messages in flight.</summary>
    public async Task RunAsync(IDemoScreen screen, CancellationToken cancel)
    {
        _camera.Skipped += picture => screen.Note($"skipped {picture.Name}: {picture.Problem}");
        _camera.StatusChanged += status => ReportCamera(status, screen);
        Runner.FrameDone += _meter.OnFrame;
        new BrokerNews(_edge.Publisher, text => screen.Note($"broker: {text}")).Follow();
        using var tailing = new CancellationTokenSource();
        var tail = _messages.TailAsync(tailing.Token);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ending.CancelAfter(_options.Length);
        var clock = TimeProvider.System.GetTimestamp();
        var journal = Broker is null ? null : new BrokerJournal(() => Broker.Counts, screen.Note, TimeProvider.System);
        var frames = Runner.RunAsync(ending.Token);
        while (!frames.IsCompleted)
        {
            journal?.Check();
            Show(screen, TimeProvider.System.GetElapsedTime(clock));
            _ = await Task.WhenAny(frames, Task.Delay(ShowInterval, CancellationToken.None));
        }
        await frames.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Failure = frames.Exception?.InnerException;
        // Read here, because a live camera goes on while the rest is shut down.
        _missed = Runner.Counts.Camera.Dropped;
        _ = await _edge.Publisher.FlushAsync(FlushTimeout, CancellationToken.None);
        await _messages.DrainAsync();
        await tailing.CancelAsync();
        await tail.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Show(screen, TimeProvider.System.GetElapsedTime(clock));
    }

    public async Task<DemoReport> ReportAsync(double? firstFrameSeconds, double trainSeconds)
    {
        var counts = Runner.Counts;
        var connectors = _messages.Worker.List();
        return _meter.Complete(new DemoReport
        {
            Frames = counts.Frames,
            Missed = _missed,
            Damaged = counts.Camera.Damaged,
            Reopened = counts.Camera.Reopened,
            CameraProblem = _camera.Status.Problem,
            Published = counts.Publisher.Acknowledged,
            Dropped = LostMessages.Count(counts.Publisher),
            Losses = [.. LostMessages.Lines(counts.Publisher), .. connectors.SelectMany(LossesOf)],
            SubscribersMissed = Broker?.Counts.QueueDropped ?? 0,
            ConnectorLost = connectors.Sum(connector => connector.Counts.Dropped),
            Unreadable = Queries.Unreadable,
            SightingsTold = _messages.Sightings.Socks,
            SightingPairsTold = _messages.Sightings.Pairs,
            Redelivered = connectors.Sum(connector => connector.Counts.Redelivered),
            FirstFrameSeconds = firstFrameSeconds,
            TrainSeconds = trainSeconds,
        });
    }

    private static IEnumerable<string> LossesOf(ConnectorInfo connector) =>
        connector.Counts.Dropped == 0
            ? []
            : [$"{connector.Counts.Dropped} messages that connector '{connector.Name}' had taken and could not store"];

    private static IReadOnlyList<LivePanel> PanelsOf(DemoView view) =>
    [
        new LivePanel(
            "Pairs", ["Sock", "Seen", "So far"], [.. view.Pairs.Select(row => new[] { row.Image, $"{row.Socks}", row.PairSeen })]),
        new LivePanel("The way", [], [.. view.Rates.Select(rate => new[] { rate.Name, rate.Value })]),
    ];

    private static DemoView CurrentView(
        DemoOptions options, TimeSpan elapsed, DemoMessages messages, DemoMeter meter, EdgeRunner runner) =>
        meter.View(elapsed, options.Length, runner.Counts, messages.Queries.Unreadable) with
        {
            CameraProblem = runner.CameraStatus.Problem,
        };

    private void Show(IDemoScreen screen, TimeSpan elapsed)
    {
        screen.Show(CurrentView(_options, elapsed, _messages, _meter, Runner));
        if (Queries.LastError is not { } error || error == _lastError)
            return;
        screen.Note($"skipped: {error}");
        _lastError = error;
    }

    private void ReportCamera(CameraStatus status, IDemoScreen screen)
    {
        if (CameraWords.Change(status, ref _awaySince, TimeProvider.System) is { } text)
            screen.Note($"camera: {text}");
    }
}
