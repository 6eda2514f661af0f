namespace SockSort.Training.FineTuning;

/// <summary>Where the time of the steps went, summed over them.</summary>
public sealed class StepTimes
{
    /// <summary>Steps that were done in this run.</summary>
    public int Steps { get; internal set; }

    /// <summary>Making pictures, on a thread of its own beside the others.</summary>
    public TimeSpan Augmentation { get; internal set; }

    /// <summary>Waiting for pictures; near 0 where they are made fast enough.</summary>
    public TimeSpan Waited { get; internal set; }

    /// <summary>The part of the network that stays as it is.</summary>
    public TimeSpan Frozen { get; internal set; }

    /// <summary>The part that is learnt: forward and backward.</summary>
    public TimeSpan Tuned { get; internal set; }

    /// <summary>Changing the weights.</summary>
    public TimeSpan Optimizer { get; internal set; }

    /// <summary>Multiplications, each with its addition, of all tuned parts; 0 where torch did them, which does not say.</summary>
    public long Products { get; internal set; }
}
