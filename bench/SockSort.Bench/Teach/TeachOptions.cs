using SockSort.Edge.Recognition;
using SockSort.Teaching.Sessions;

namespace SockSort.Bench.Teach;

/// <summary>What is taught, and by what.</summary>
public sealed record TeachOptions
{
    /// <summary>Of the synthetic socks.</summary>
    public required int Seed { get; init; }

    /// <summary>Trains the first model: with the photos of a folder, to a file.</summary>
    public required Func<string, string, CancellationToken, Task> TrainFirst { get; init; }

    /// <summary>The trainer of the page Teach, of a model's file.</summary>
    public required Func<string, ITrainer> TrainerOf { get; init; }

    /// <summary>What tells a sock at once, of the model that the camera follows.</summary>
    public required Func<SharedModel, ILearner> LearnerOf { get; init; }

    /// <summary>Receives what is done now.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Frames per second of the camera; default 4.</summary>
    public double Fps { get; init; } = 4;

    /// <summary>Later frames of each sock, and of the empty scene, that are judged; default 60.</summary>
    public int Judged { get; init; } = 60;
}
