using SockSort.Models.Inference;
using SockSort.Training.Augmentation;

namespace SockSort.Training;

/// <summary>Settings of a training.</summary>
public sealed record TrainingOptions
{
    /// <summary>Same photos, same seed, same machine: same bytes of the model. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Changed copies of each photo, 1 to 1000. Default (null): as many as make about 1200 pictures, 8 to 48; fewer than
    /// 16 leave the result to the seed.
    /// </summary>
    public int? Copies { get; init; }

    /// <summary>Pixels a side of what the network sees, a multiple of 32 from 64 to 512. Default 224.</summary>
    public int InputSize { get; init; } = Backbone.NativeSide;

    /// <summary>Weight of the squared weights in the loss, above 0. Default 0.3: heads that
    /// lean on few features do not carry from photos to a camera.</summary>
    public double L2 { get; init; } = 0.3;

    /// <summary>Share of each target that is spread over all classes, 0 to 0.5: keeps the model from being too sure. Default 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Cores to use, 1 to 64. Default: all, at most 4.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>How far photos are changed.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    internal int CopiesFor(int photos) => Copies ?? Math.Clamp(1200 / photos, 8, 48);

    internal void Check()
    {
        InRange(nameof(Copies), Copies ?? 1, 1, 1000);
        InRange(nameof(InputSize), InputSize, 64, 512);
        ArgumentOutOfRangeException.ThrowIfNotEqual(InputSize % Backbone.SideStep, 0, nameof(InputSize));
        InRange(nameof(L2), L2, 1e-9, 1e3);
        InRange(nameof(LabelSmoothing), LabelSmoothing, 0, 0.5);
        InRange(nameof(Threads), Threads, 1, 64);
    }

    private static void InRange(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
            throw new ArgumentOutOfRangeException(name, value, $"expected {low} to {high}");
    }
}
