#if !EDGE
using SockSort.Cli.Teach;
using SockSort.Models.Versions;
#endif
using SockSort.Cli.Parts;
using SockSort.Edge.Recognition;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Parts;
using SockSort.Teaching.Sessions;

namespace SockSort.Cli.Run;

/// <summary>Teaching by the cameras of a configuration; the program for the edge keeps photos and trains nothing.</summary>
internal static class RunTeaching
{
    public static TeachingSession Open(PartHost host, RunConfiguration configuration, SharedModel model) =>
        TeachingParts.Open(host, configuration.Photos, configuration.Model!, model, TrainerOf(configuration.Model!));

    private static ITrainer? TrainerOf(string model) =>
#if EDGE
        null;
#else
        new SessionTrainer(new ModelVersions(model), more: []);
#endif
}
