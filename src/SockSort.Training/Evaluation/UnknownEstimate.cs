namespace SockSort.Training.Evaluation;

/// <summary>What a model's <c>unknown</c> is worth, by pictures that it was not fitted to.</summary>
/// <param name="Threshold">From here on a picture shows none of the classes, 0..1.</param>
/// <param name="Known">
/// Pictures of the classes, each judged without its photo and all copies of it; and those that were held out from the training, if any.
/// </param>
/// <param name="LeftOut">Changed copies of each class's photos, judged as if the class had not been there.</param>
/// <param name="Foreign">Painted and recoloured socks of no class, and held-out pictures of labels that are not taught.</param>
public sealed record UnknownEstimate(
    double Threshold, IReadOnlyList<UnknownJudgement> Known, IReadOnlyList<UnknownJudgement> LeftOut,
    IReadOnlyList<UnknownJudgement> Foreign)
{
    /// <summary>Share of <see cref="Known"/> that stays known, 0..1.</summary>
    public double KnownKept => 1 - ShareTold(Known, Threshold);

    /// <summary>Share of <see cref="LeftOut"/> that is told as unknown, 0..1; not a number where there is none.</summary>
    public double UnknownFound => ShareTold(LeftOut, Threshold);

    /// <summary>Share of <see cref="Foreign"/> that is told as unknown, 0..1; not a number where there is none.</summary>
    public double ForeignFound => ShareTold(Foreign, Threshold);

    /// <summary>Share of pictures that are told as unknown, 0..1; not a number where there is none.</summary>
    internal static double ShareTold(IReadOnlyList<UnknownJudgement> pictures, double threshold) =>
        (double)pictures.Count(picture => picture.IsTold(threshold)) / pictures.Count;
}

/// <param name="Label">What the picture shows.</param>
/// <param name="IsKnown">Whether that counts as taught.</param>
/// <param name="Unknown">What the model says, 0..1.</param>
public sealed record UnknownJudgement(string Label, bool IsKnown, double Unknown)
{
    /// <summary>Whether the model tells the picture as unknown.</summary>
    internal bool IsTold(double threshold) => Unknown >= threshold;
}
