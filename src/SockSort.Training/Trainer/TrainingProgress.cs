namespace SockSort.Training.Trainer;

/// <summary>The steps of a training, in their order.</summary>
public enum TrainingStage
{
    /// <summary>Photos are read.</summary>
    Reading,

    /// <summary>Changed copies are made and go through the backbone.</summary>
    Embedding,

    /// <summary>Heads are learnt without a share of the photos and tried on these.</summary>
    Checking,

    /// <summary>The backbone's last blocks and the head are changed step by step.</summary>
    Tuning,

    /// <summary>The head is learnt and the model put together.</summary>
    Learning,
}

/// <param name="Stage">What is being done.</param>
/// <param name="Done">Pieces of it that are done.</param>
/// <param name="Total">All of its pieces, at least 1.</param>
public readonly record struct TrainingProgress(TrainingStage Stage, int Done, int Total);
