#if !EDGE
using SockSort.Cli.Teach;
using SockSort.Models.Versions;
#endif
using SockSort.Edge.Recognition;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Parts;
using SockSort.Models.Inference;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Sessions;

namespace SockSort.Cli.Run;

/// <summary>Teaching by the cameras of a configuration; the program for the edge keeps photos and trains nothing.</summary>
internal static class RunTeaching
{
    public static TeachingSession Open(PartHost host, RunConfiguration configuration, SharedModel model) => host.Open(
        "teaching", () => new TeachingSession(
            configuration.Photos,
            () => FrameReader.Open(configuration.Model!, Backbone.ShippedPath),
            TrainerOf(configuration.Model!),
            new RunLearner(model)));

    private static ITrainer? TrainerOf(string model) =>
#if EDGE
        null;
#else
        new SessionTrainer(new ModelVersions(model), more: []);
#endif
}
