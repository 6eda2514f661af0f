using SockSort.Cli.Parts;
using SockSort.Cli.Teach;
using SockSort.Dashboard.Watching;
using SockSort.Edge.Recognition;
using SockSort.Host.Parts;
using SockSort.Log;
using SockSort.Models.Versions;
using SockSort.Sql.Engine.Commands;
using SockSort.Teaching.Photos;

namespace SockSort.Cli.Demo;

/// <summary>What the dashboard shows of the demo. What is made by it lasts as long as the demo; what is taught stays.</summary>
internal static class DemoDashboard
{
    /// <summary>Opens the model, which may be replaced by one that was taught.</summary>
    public static SharedModel OpenModel(PartHost host, LearntModel model) => CameraParts.OpenModel(
        host,
        PackageFile.Of(model.Package),
        CameraParts.ModelOptions(model.Path, from: [], needsThreshold: false) with
        {
            KnownPictures = labels => KnownPhotos.Of(model.Photos, labels),
        });

    public static DashboardParts PartsOf(
        PartHost host, DemoOptions options, ILog log, DemoMessages messages, LearntModel model, SharedModel shared)
    {
        var trainer = new SessionTrainer(new ModelVersions(model.Path), more: []);
        return new DashboardParts
        {
            Host = host,
            Log = log,
            Engine = messages.Engine,
            Commands = new CommandLog(messages.Engine, log, keeps: false),
            Worker = messages.Worker,
            Broker = messages.Broker,
            // Frames that wait for a name lie beside the photos: those of a user are only read.
            Teaching = options.Photos is null ? TeachingParts.Open(host, model.Photos, model.Path, shared, trainer) : null,
            Pictures = Path.Combine(options.Data, "dashboard", "socks"),
        };
    }
}
