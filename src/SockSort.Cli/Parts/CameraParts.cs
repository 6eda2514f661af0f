using SockSort.Cli.Output;
using SockSort.Dashboard.Serving;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Cameras;
using SockSort.Edge.HomeAssistant;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Edge.Recognition;
using SockSort.Host.Listening;
using SockSort.Host.Parts;
using SockSort.Models.Versions;
using SockSort.Mqtt;
using SockSort.Mqtt.Addresses;
using SockSort.Mqtt.Publishing;

namespace SockSort.Cli.Parts;

/// <summary>A camera's way to the broker, and to who watches.</summary>
/// <param name="View">Null where it is shown nowhere.</param>
/// <param name="Runner">Ready to run.</param>
internal sealed record CameraParts(
    Recogniser Recogniser, MqttPublisher Publisher, ServedLiveView? View, EdgeRunner Runner)
{
    /// <summary>Opens a camera as a part.</summary>
    /// <exception cref="CameraException">There is no such source, or it gives no frame.</exception>
    public static ICamera OpenCamera(PartHost host, string name, Func<ICamera> open) => host.Open(name, open, HealthOf);

    /// <summary>Opens the model that all cameras of the process share, as a part.</summary>
    /// <param name="host">Takes the part.</param>
    /// <param name="model">The first one.</param>
    /// <param name="options">Loggers are put in.</param>
    /// <exception cref="Models.ModelException">ONNX Runtime refuses the model.</exception>
    public static SharedModel OpenModel(PartHost host, PackageFile model, SharedModelOptions options) =>
        host.Open("model", () => SharedModel.Open(model, options with { Loggers = host.Loggers }));

    /// <summary>Takes a model for cameras to follow, and where others of it may come from.</summary>
    /// <param name="path">Of the command line or the configuration.</param>
    /// <param name="from">Folders and addresses; null = the model's own folder only; empty = no orders are taken.</param>
    /// <param name="needsThreshold">Whether a camera tells unknown socks.</param>
    public static SharedModelOptions ModelOptions(string path, IReadOnlyList<string>? from, bool needsThreshold) => new()
    {
        Path = ModelFile.FileOf(path),
        From = from ?? [],
        TakesOrders = from is not { Count: 0 },
        NeedsThreshold = needsThreshold,
    };

    /// <summary>Holds the name by which a camera is known at a broker, as a part.</summary>
    /// <param name="name">As it is called; null = one of its own, from what it is.</param>
    /// <exception cref="CameraException">Another process has the name at this broker.</exception>
    public static string HoldName(PartHost host, string? name, string source, MqttEndpoint broker) => host.Open(
        "camera's name",
        () => name is null
            ? HeldCameraName.TakeFree(CameraName.For(source, MachineIdentity.This), $"{broker}", HeldCameraName.UsualFolder)
            : HeldCameraName.Take(Secretless.Text(name), $"{broker}", HeldCameraName.UsualFolder)).Name;

    /// <summary>The dashboard for a view: one that everybody may watch is no place for what changes something.</summary>
    public static DashboardSurface? DashboardFor(DashboardParts dashboard, WebListening? view) =>
        view is { IsShownToAll: false } ? new DashboardSurface(dashboard) : null;

    /// <summary>Starts what comes after the camera, which is not run yet.</summary>
    /// <exception cref="CameraException">The camera is a phone, and it is shown nowhere.</exception>
    /// <exception cref="Exception">Any part's own: a port is taken, …</exception>
    public static async Task<CameraParts> StartAsync(PartHost host, CameraPlan plan, CancellationToken cancel)
    {
        if (plan is { View: null, Camera.Feed: not null })
            throw CameraSource.NeedsView(plan.Camera.Name, plan.ViewAdvice);
        var name = plan.Name;
        var recogniser = host.Open($"recognition of camera {name}", () => new Recogniser(plan.Model, plan.TellsUnknown));
        var publisher = host.Open($"publisher of camera {name}", () => MqttPublisher.Start(PublisherOptions(host, plan)), HealthOf);
        var runner = new EdgeRunner(plan.Camera, recogniser, publisher, plan.Edge with { CameraName = name, Loggers = host.Loggers });
        if (plan.HomeAssistant is not null)
            _ = host.Open($"pictures of camera {name} for Home Assistant", () => new HomeAssistantPictures(runner, publisher));
        var frames = plan.KeepFrameBytes > 0 && plan.Edge.NamesFrames ? plan.Frames.Add(name, plan.KeepFrameBytes) : null;
        if (frames is not null)
            runner.KeepIn(frames);
        var view = plan.View is null
            ? null
            : await host.StartAsync($"live view of camera {name}", () => ViewAsync(host, plan, runner, frames, cancel));
        return new CameraParts(recogniser, publisher, view, runner);
    }

    private static PublisherOptions PublisherOptions(PartHost host, CameraPlan plan) => new()
    {
        Endpoint = plan.Broker,
        ClientId = CameraName.ClientId(plan.Name, MachineIdentity.This),
        StatusTopic = CameraTopics.Status(plan.Name),
        LatestTopic = CameraTopics.Label(plan.Name),
        PictureTopic = plan.HomeAssistant is null ? null : CameraTopics.Picture(plan.Name),
        ModelTopic = CameraTopics.RunningModel(plan.Name),
        Orders = plan.Model.TakesOrders ? new ListenedTopic(CameraTopics.Model(plan.Name), plan.Model.Order) : null,
        Announcements = plan.HomeAssistant is { } prefix ? HomeAssistantDiscovery.For(plan.Name, prefix) : [],
        BufferFolder = plan.Buffers is null ? null : Path.Combine(plan.Buffers, CameraName.FolderName(plan.Name, $"{plan.Broker}")),
        MaxBufferBytes = plan.BufferBytes,
        ReceiptTopic = plan.Edge.CanBeConfirmed ? CameraTopics.Committed(plan.Name) : null,
        Loggers = host.Loggers,
    };

    private static IReadOnlyList<LiveFigure> FiguresOf(EdgeRunner runner, FrameStore? frames) =>
        [.. EdgeFigures.Of(runner.Counts), .. EdgeFigures.Of(runner.Model), .. KeptFrameFigures.Of(frames?.Counts ?? default)];

    private static async Task<ServedLiveView> ViewAsync(
        PartHost host, CameraPlan plan, EdgeRunner runner, FrameStore? frames, CancellationToken cancel)
    {
        var options = plan.ViewOptions with
        {
            Feed = plan.Camera.Feed,
            CameraStatus = () => runner.CameraStatus,
            Model = () => runner.Model,
            Figures = () => FiguresOf(runner, frames),
            Panels = () => plan.Panels(runner),
            Loggers = host.Loggers,
        };
        var view = await ServedLiveView.StartAsync(
            options, plan.Frames, plan.View! with { Loggers = host.Loggers }, plan.Dashboard, cancel);
        runner.ShowOn(view.Routes);
        return view;
    }

    private static PartHealth HealthOf(ICamera camera) =>
        camera.Status is { State: CameraState.Away, Problem: { } problem } ? PartHealth.Bad(problem) : PartHealth.Good;

    private static PartHealth HealthOf(MqttPublisher publisher) =>
        publisher.Status.State == ConnectionState.Connected
            ? PartHealth.Good
            : PartHealth.Bad(publisher.Status.LastError ?? "the broker is not connected");
}
