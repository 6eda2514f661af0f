using SockSort.Models.Package;

namespace SockSort.Models.Inference;

/// <summary>
/// Which frames show none of the taught socks. All that asks for it asks here: the model's own output <c>unknown</c> where it has one, else
/// the highest probability, as older packages have it.
/// </summary>
/// <param name="Threshold">0..1; of <c>unknown</c>, or of the probability.</param>
/// <param name="IsByProbability">Whether the highest probability decides.</param>
public sealed record RejectionRule(double Threshold, bool IsByProbability)
{
    /// <returns>Null where the model names no threshold.</returns>
    public static RejectionRule? Of(ModelCard card)
    {
        if (card.Unknown is { } score)
            return new RejectionRule(score.Threshold, IsByProbability: false);
        return card.RejectionThreshold is { } threshold ? new RejectionRule(threshold, IsByProbability: true) : null;
    }

    /// <param name="probability">The highest, 0..1.</param>
    /// <param name="unknown">The model's output, 0..1; null = it has none.</param>
    /// <returns>Whether <c>unknown</c> is at or above the threshold, or the probability below it.</returns>
    public bool Rejects(double probability, double? unknown) =>
        IsByProbability ? probability < Threshold : unknown >= Threshold;

    /// <summary>Whether a frame shows none of the taught socks.</summary>
    public bool Rejects(in Classification said) => Rejects(said.Probability, said.Unknown);
}
