using System.Globalization;
using SockSort.Cli.Output;
using SockSort.Cli.Parts;
using SockSort.Edge.Cameras;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Edge.Recognition;
using SockSort.Imaging.Drawing;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;
using Spectre.Console;

namespace SockSort.Cli.Recognition;

/// <summary>
/// What <c>edge run</c> says: a line for each change of label, for the broker's coming and going, and at the end; on a terminal a last line
/// that lives.
/// </summary>
internal sealed class EdgeConsole
{
    private static readonly TimeSpan LinesEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TerminalEvery = TimeSpan.FromMilliseconds(250);

    // Ctrl-C is to end all within 2 s.
    private static readonly TimeSpan FlushAfterCtrlC = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FlushAfterEnd = TimeSpan.FromSeconds(10);

    private readonly bool _isTerminal = Terminal.IsLive;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly Lock _writing = new();
    private volatile bool _isOver;
    private string? _label;
    private string? _version;
    private long _refused;
    private DateTimeOffset? _awaySince;
    private string _latest = "waiting for the first frame";

    /// <summary>The table of the live view.</summary>
    public static IReadOnlyList<LivePanel> Panels(EdgeRunner runner)
    {
        var counts = runner.Counts;
        return
        [
            new LivePanel("Messages", [],
            [
                ["Broker", LostMessages.StateOf(counts.Publisher.State)],
                ["Acknowledged", Text(counts.Publisher.Acknowledged)],
                ["Waiting", Text(counts.Publisher.Waiting + counts.Publisher.InFlight)],
                ["Lost, queue full", Text(counts.Publisher.Dropped)],
                ["Lost, refused", Text(counts.Publisher.Rejected)],
            ]),
            new LivePanel("Camera", [],
            [
                ["State", CameraWords.State(runner.CameraStatus)],
                ["Frames", Text(counts.Frames)],
                ["Dropped", Text(counts.Camera.Dropped)],
                ["Unreadable", Text(counts.Camera.Skipped)],
                ["Damaged", Text(counts.Camera.Damaged)],
                ["Opened again", Text(counts.Camera.Reopened)],
            ]),
            .. runner.Model is { } model ? [PanelOf(model)] : (LivePanel[])[],
        ];
    }

    public void Start(ICamera camera, string name, CameraParts parts, MqttEndpoint endpoint, string topic)
    {
        var (model, view) = (parts.Runner.Model!, parts.View);
        Write($"model      {TextOf(model)}");
        _version = model.Version;
        Write($"camera     {camera.Name}, called {name}");
        Write($"broker     {endpoint}, topic {topic}");
        if (view is null)
            return;
        Write($"live view  {view.Address}");
        foreach (var address in view.AddressesElsewhere)
            Write($"           from elsewhere {address}");
        if (view.IsCertificateSelfMade)
            Write($"           its certificate is self-made: SHA-256 {view.CertificateSha256}");
        foreach (var line in view.PhoneLines("--live-view-listen 0.0.0.0, and a password"))
            Write($"phone      {line}");
    }

    /// <summary>
    /// Runs until the camera ends or breaks off, or <paramref name="cancel"/> says so; in each case what waits for the broker is given time
    /// to arrive.
    /// </summary>
    /// <exception cref="CameraException">The camera broke off.</exception>
    public async Task<int> RunAsync(EdgeRunner runner, ICamera camera, MqttPublisher publisher, CancellationToken cancel)
    {
        camera.Skipped += picture => Log($"skipped    {picture.Name}: {picture.Problem}");
        camera.StatusChanged += Tell;
        runner.FrameDone += frame => Tell(frame, runner.Model);
        new BrokerNews(publisher, text => Log($"broker     {text}")).Follow();
        using var telling = new CancellationTokenSource();
        var told = TellRatesAsync(runner, telling.Token);
        try
        {
            await runner.RunAsync(cancel);
        }
        finally
        {
            await FlushAsync(publisher, cancel);
            await telling.CancelAsync();
            await told;
            Summarise(runner.Counts, runner.CameraStatus);
        }
        return LostMessages.Count(runner.Counts.Publisher) == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task FlushAsync(MqttPublisher publisher, CancellationToken cancel)
    {
        try
        {
            _ = await publisher.FlushAsync(cancel.IsCancellationRequested ? FlushAfterCtrlC : FlushAfterEnd,
                cancel.IsCancellationRequested ? CancellationToken.None : cancel);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C while the last messages wait: the summary names them.
        }
    }

    private static LivePanel PanelOf(ModelStatus model) => new("Model", [],
    [
        ["Version", model.Version],
        ["Since", model.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)],
        ["Labels", Text(model.Labels.Count)],
        ["Refused", model.Problem is { } problem ? $"{model.Refused}: {problem}" : Text(model.Refused)],
    ]);

    private static string TextOf(ModelStatus model) =>
        $"version {model.Version}, {model.Labels.Count} labels: {string.Join(", ", model.Labels)}";

    private void Tell(EdgeFrame frame, ModelStatus? model)
    {
        TellModel(model);
        var text = LabelOverlay.Text(frame.Label, frame.Percent / 100);
        _latest = text;
        if (frame.Label == _label)
            return;
        _label = frame.Label;
        Log($"frame {frame.Seen.Number}  {text}");
    }

    private void TellModel(ModelStatus? model)
    {
        if (model is null)
            return;
        if (model.Version != _version)
            Log($"model      {TextOf(model)}");
        if (model.Refused > _refused)
            Log($"model      another one is refused, version {model.Version} goes on: {model.Problem}");
        (_version, _refused) = (model.Version, model.Refused);
    }

    private void Tell(CameraStatus status)
    {
        if (CameraWords.Change(status, ref _awaySince, TimeProvider.System) is { } text)
            Log($"camera     {text}");
    }

    private async Task TellRatesAsync(EdgeRunner runner, CancellationToken cancel)
    {
        if (_isTerminal)
            await AnsiConsole.Status()
                .StartAsync("…", status => EveryAsync(TerminalEvery, () => status.Status(Markup.Escape(Rates(runner))), cancel));
        else
            await EveryAsync(LinesEvery, () => Log(Rates(runner)), cancel);
    }

    private static async Task EveryAsync(TimeSpan interval, Action tell, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
                tell();
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private string Rates(EdgeRunner runner)
    {
        var counts = runner.Counts;
        return string.Create(CultureInfo.InvariantCulture,
            $"{CameraWords.Latest(_latest, runner.CameraStatus)}  {counts.FramesPerSecond:0.0} frames/s, {counts.Frames} frames, "
            + $"{counts.Publisher.Acknowledged} acknowledged, {counts.Publisher.Waiting + counts.Publisher.InFlight} "
            + $"waiting{LostMessages.Short(counts.Publisher)}");
    }

    private void Summarise(EdgeCounts counts, CameraStatus camera)
    {
        _isOver = true;
        var seconds = TimeProvider.System.GetElapsedTime(_start).TotalSeconds;
        Write(string.Create(CultureInfo.InvariantCulture,
            $"{counts.Frames} frames in {seconds:0.0} s, {counts.Camera.Skipped} unreadable, {counts.Camera.Dropped} dropped"));
        foreach (var line in CameraWords.Summary(counts.Camera, camera))
            Write(line);
        Write($"{Counted.Of(counts.Publisher.Enqueued, "message")}, {counts.Publisher.Acknowledged} acknowledged");
        foreach (var line in LostMessages.Lines(counts.Publisher))
            Write(line);
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nothing follows the summary: who still has news comes too late.</summary>
    private void Log(string text)
    {
        if (!_isOver)
            Write(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss.fff}  {text}"));
    }

    private void Write(string text)
    {
        lock (_writing)
        {
            if (_isTerminal)
                AnsiConsole.Console.Write(new Text(Fold(text, AnsiConsole.Profile.Width - 1)));
            else
                Console.WriteLine(text);
        }
    }

    /// <summary>
    /// Broken at the terminal's width. What follows the first line is filled up with blanks: it is written over the living line, which
    /// Spectre does not wipe.
    /// </summary>
    private static string Fold(string text, int width) => string.Concat(
        text.Chunk(width).Select((line, index) => (index == 0 ? new string(line) : new string(line).PadRight(width)) + "\n"));
}
