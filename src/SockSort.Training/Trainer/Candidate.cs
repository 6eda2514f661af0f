using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;
using SockSort.Training.Features;
using SockSort.Training.FineTuning;
using SockSort.Training.Head;
using SockSort.Training.Rejection;

namespace SockSort.Training.Trainer;

/// <summary>A model that came out of a training, and what it says of pictures whose class is known.</summary>
/// <param name="Network">The backbone, tuned or not.</param>
/// <param name="Head">On its embedding; not sharpened.</param>
/// <param name="Tuned">How it was tuned; null = the head alone was learnt.</param>
/// <param name="Learnt">Scores of the photos that were learnt from, as they are.</param>
/// <param name="Fresh">Scores of pictures that were not learnt from, and of socks of no class.</param>
internal sealed record Candidate(OnnxModel Network, LinearHead Head, FineTuned? Tuned, HeldOutLogits Learnt, HeldOutLogits Fresh)
{
    // What a training may lose by chance: pictures, and a share of them.
    private const int FewPictures = 3;
    private const double Margin = 0.05;

    // Where the steps fitted worse and worse, as little as this is no gain.
    private const double LeastGain = 0.97;

    // Fewer right copies are no reason to doubt a training of hard photos, but to look.
    private const double EnoughCopies = 0.85;

    // Below, a model tells its own photos no better than by guessing between two.
    private const double LeastLearnt = 0.5;

    // Of few steps the losses say nothing of their course.
    private const int FewestSteps = 16;

    /// <summary>What its <c>unknown</c> is made of, and what a row of <see cref="Own"/> holds.</summary>
    public required IReadOnlyList<TappedValue> Values { get; init; }

    /// <summary>They of <see cref="UnknownPictures"/>.</summary>
    public required EmbeddedSet Own { get; init; }

    /// <summary>They of the pictures that were held out, each photo as it is first; null = there are none.</summary>
    public required EmbeddedSet? Apart { get; init; }

    /// <summary>Share of the photos that were learnt from that it tells right, 0..1.</summary>
    public double LearntRight => (double)Learnt.Right / Learnt.Known;

    /// <summary>Share of the pictures that were not learnt from that it tells right, 0..1.</summary>
    public double FreshRight => Fresh.Known == 0 ? 1 : (double)Fresh.Right / Fresh.Known;

    /// <summary>Whether it is worth the time to hold it against the head alone.</summary>
    public bool IsDoubtful =>
        Learnt.Right < Learnt.Known || FreshRight < EnoughCopies || HasLossRisen || TemperatureScaling.IsAtBound(Fresh.BestTemperature());

    /// <summary>Whether the last steps fit worse than the first, which found the network as it was.</summary>
    public bool HasLossRisen
    {
        get
        {
            if (Tuned is not { Losses.Count: >= FewestSteps })
                return false;
            var (first, last) = Course();
            return last > first;
        }
    }

    /// <summary>Whether it can be given to anybody.</summary>
    public bool IsUsable => LearntRight >= LeastLearnt;

    /// <summary>
    /// Mean cross-entropy of the pictures that were not learnt from, at the temperature that suits them best: also a model that tells the
    /// kindest pictures right may have become less sure of all.
    /// </summary>
    public double FreshLoss => TemperatureScaling.MeanLoss(Fresh.Rows, Fresh.BestTemperature());

    public bool IsWorseThan(Candidate other) =>
        other.Right - Right > Math.Max(FewPictures, Margin * (Learnt.Known + Fresh.Known)) || HasGainedNothingBy(other);

    private int Right => Learnt.Right + Fresh.Right;

    /// <summary>A tuned network has learnt to be unsure of other socks, which its head alone has not: it is to be better by that.</summary>
    private bool HasGainedNothingBy(Candidate other) => HasLossRisen && FreshLoss > other.FreshLoss * LeastGain;

    /// <summary>What became of it, in words.</summary>
    public string Describe()
    {
        var told = FormattableString.Invariant(
            $"{Learnt.Right} of {Learnt.Known} of its own photos and {FreshRight:0.0 %} of pictures it has not seen are told right");
        if (Tuned is not { Losses.Count: >= FewestSteps })
            return told;
        var (first, last) = Course();
        return told + FormattableString.Invariant($", the loss went from {first:0.00} to {last:0.00}");
    }

    /// <summary>Loss of the first step, before anything was changed, and mean loss of the last quarter of the steps.</summary>
    private (double First, double Last) Course() => (Tuned!.Losses[0], Tuned.Losses.TakeLast(Tuned.Losses.Count / 4).Average());
}
