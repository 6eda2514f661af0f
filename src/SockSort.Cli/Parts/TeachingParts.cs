using SockSort.Edge.Recognition;
using SockSort.Host.Parts;
using SockSort.Models.Inference;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Sessions;

namespace SockSort.Cli.Parts;

/// <summary>Teaching by the cameras of the process.</summary>
internal static class TeachingParts
{
    /// <summary>Opens it as a part.</summary>
    /// <param name="host">Takes the part.</param>
    /// <param name="photos">Folder of class folders; takes what is shown.</param>
    /// <param name="model">The model's file, whose backbone chooses among frames.</param>
    /// <param name="shared">What the cameras run; knows what was just shown.</param>
    /// <param name="trainer">Null where none of it is trained here.</param>
    public static TeachingSession Open(PartHost host, string photos, string model, SharedModel shared, ITrainer? trainer) => host.Open(
        "teaching",
        () => new TeachingSession(photos, () => FrameReader.Open(model, Backbone.ShippedPath), trainer, new SharedLearner(shared)));
}
