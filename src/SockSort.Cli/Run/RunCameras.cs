using System.CommandLine;
using Microsoft.Extensions.Logging;
using SockSort.Cli.Output;
using SockSort.Cli.Parts;
using SockSort.Cli.Recognition;
using SockSort.Dashboard.Serving;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Edge.Recognition;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Parts;
using SockSort.Models.Inference;
using SockSort.Models.Package;
using SockSort.Models.Versions;
using SockSort.Mqtt;
using SockSort.Teaching.Photos;

namespace SockSort.Cli.Run;

/// <summary>The cameras of a configuration.</summary>
/// <param name="dashboard">What the dashboard shows, which is served with the first camera's view.</param>
internal sealed class RunCameras(
    PartHost host, RunConfiguration configuration, InvocationConfiguration console, RunListening listening, FrameStores frames,
    DashboardParts dashboard)
{
    // Within the ten seconds in which all has to end.
    private static readonly TimeSpan FlushAtEnd = TimeSpan.FromSeconds(2);

    /// <summary>What is missing where a camera needs a live view.</summary>
    public const string NoViewAdvice = "give it an address by listen.view";

    private readonly ILogger _log = host.Loggers.CreateLogger<RunCameras>();
    private EdgeMeter? _meter;

    /// <summary>Opens the model that they share.</summary>
    /// <exception cref="MistakeException">It cannot be run, or a camera asks for more than it can tell.</exception>
    public static SharedModel OpenModel(PartHost host, RunConfiguration configuration, PackageFile model)
    {
        foreach (var (index, camera) in configuration.Cameras.Index())
            RunMistakes.At(configuration, $"cameras[{index}].unknown", () => RequireThreshold(camera, model.Package));
        var isUnknownTold = configuration.Cameras.Any(camera => camera.Unknown);
        var options = CameraParts.ModelOptions(configuration.Model!, configuration.ModelFrom, isUnknownTold) with
        {
            KnownPictures = labels => KnownPhotos.Of(configuration.Photos, labels),
        };
        return RunMistakes.At(configuration, "model", () => CameraParts.OpenModel(host, model, options));
    }

    /// <exception cref="MistakeException">A camera, its name or its view cannot be had.</exception>
    public async Task StartAsync(SharedModel shared, MqttEndpoint broker, CancellationToken cancellation)
    {
        _meter = host.Open("figures of the cameras", () => new EdgeMeter());
        for (var index = 0; index < configuration.Cameras.Count; index++)
            await StartAsync(index, shared, broker, cancellation);
    }

    /// <summary>As the camera's keys say.</summary>
    public static CameraOptions OptionsOf(CameraConfiguration camera) => new()
    {
        Fps = camera.Fps,
        Loop = camera.Loop,
        Follow = camera.Follow,
        FrameTimeout = camera.FrameTimeout,
        Account = camera.User is null && camera.Password is null ? null : new CameraAccount(camera.User, camera.Password),
    };

    /// <exception cref="CommandException">The camera tells unknown socks, and the model names no threshold.</exception>
    public static void RequireThreshold(CameraConfiguration camera, ModelPackage model)
    {
        if (camera.Unknown && RejectionRule.Of(model.Card) is null)
            throw new CommandException("model.json holds no rejection threshold; 'socksort train' makes a model with one");
    }

    private async Task StartAsync(int index, SharedModel model, MqttEndpoint broker, CancellationToken cancellation)
    {
        var (camera, key) = (configuration.Cameras[index], $"cameras[{index}]");
        var options = OptionsOf(camera) with { Loggers = host.Loggers };
        var source = At($"{key}.source", () => CameraParts.OpenCamera(
            host, $"camera {camera.Name ?? camera.Source}", () => CameraSource.Open(camera.Source, options)));
        var shown = listening.ViewOf(index);
        var name = At($"{key}.name", () => CameraParts.HoldName(host, camera.Name, camera.Source, broker));
        var parts = await RunMistakes.AtAsync(configuration, "listen.view", () => CameraParts.StartAsync(host, new CameraPlan
        {
            Camera = source,
            Name = name,
            Model = model,
            TellsUnknown = camera.Unknown,
            Broker = broker,
            Edge = new EdgeOptions
            {
                Topic = camera.Topic,
                Fields = FieldsOf(camera),
                PublishEvery = EveryOf(camera),
            },
            Buffers = camera.BufferBytes == 0 ? null : Path.Combine(configuration.Data, "edge"),
            BufferBytes = camera.BufferBytes,
            Frames = frames,
            KeepFrameBytes = camera.KeepFrameBytes,
            HomeAssistant = configuration.Mqtt.HomeAssistant,
            View = shown,
            ViewAdvice = NoViewAdvice,
            Dashboard = index == 0 ? CameraParts.DashboardFor(dashboard, shown) : null,
            ViewOptions = new LiveViewOptions { CameraName = name, Resolution = listening.ViewResolution },
            Panels = EdgeConsole.Panels,
        }, cancellation));
        Tell(name, parts);
        _meter!.Add(name, parts.Runner);
        if (parts.View is { } view)
            dashboard.Cameras.Add(new WatchedCamera(name, parts.Runner, view.Routes) { Phone = view.Phone });
        _ = host.Run($"frames of camera {name}", end => RunAsync(name, parts, end));
    }

    private void Tell(string name, CameraParts parts)
    {
        console.Output.WriteLine($"camera      {name}");
        if (parts.View is not { } view)
            return;
        console.Output.WriteLine($"live view   {view.Address}");
        if (dashboard.Cameras.All.Count == 0 && !view.IsShownToAll)
            console.Output.WriteLine($"dashboard   {new Uri(view.Address, DashboardSurface.Path)}");
        foreach (var address in view.AddressesElsewhere)
            console.Output.WriteLine($"            from elsewhere {address}");
        if (view.IsCertificateSelfMade)
            console.Output.WriteLine($"            its certificate is self-made: SHA-256 {view.CertificateSha256}");
        foreach (var line in view.PhoneLines("listen.view: https://0.0.0.0:4000, and auth.password"))
            console.Output.WriteLine($"phone       {line}");
    }

    /// <summary>A camera that breaks off for good is told of; the others, and all that comes after cameras, go on.</summary>
    private async Task RunAsync(string name, CameraParts parts, CancellationToken end)
    {
        try
        {
            await parts.Runner.RunAsync(end);
            if (!end.IsCancellationRequested)
                _log.CameraEnded(name, parts.Runner.Counts.Frames);
        }
        catch (CameraException error)
        {
            _log.CameraGivenUp(name, error.Message);
        }
        finally
        {
            _ = await parts.Publisher.FlushAsync(FlushAtEnd, CancellationToken.None);
            if (LostMessages.CountOfLost(parts.Publisher.Status) is > 0 and var lost && end.IsCancellationRequested)
                _log.MessagesNotSent(name, lost);
        }
    }

    private static PublishEvery EveryOf(CameraConfiguration camera) =>
        PublishEvery.TryParse(camera.PublishEvery, out var every) ? every : PublishEvery.Frame;

    private T At<T>(string key, Func<T> start) => RunMistakes.At(configuration, key, start);

    private static MessageFields FieldsOf(CameraConfiguration camera) => camera.Fields.Aggregate(
        MessageFields.None, (fields, word) => fields | Enum.Parse<MessageFields>(word, ignoreCase: true));
}
