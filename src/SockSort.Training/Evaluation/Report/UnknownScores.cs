namespace SockSort.Training.Evaluation.Report;

/// <summary>What a model's <c>unknown</c> says of pictures, for the report.</summary>
/// <param name="Threshold">The model's own, 0..1.</param>
/// <param name="How">Where the pictures come from, in sentences.</param>
/// <param name="Groups">Known pictures first, then kinds of unknown ones.</param>
public sealed record UnknownScores(double Threshold, string How, IReadOnlyList<UnknownGroup> Groups)
{
    /// <returns>Null where the model has no such output, or there is nothing that it was asked of.</returns>
    public static UnknownScores? Of(EvaluationResult result)
    {
        if (result.Rejection is not { IsByProbability: false } rule)
            return null;
        var pictures = result.Judgements.Where(judgement => judgement.Unknown is not null)
            .ToLookup(
                judgement => judgement.IsKnown,
                judgement => new UnknownJudgement(judgement.Label, judgement.IsKnown, judgement.Unknown!.Value));
        UnknownGroup[] groups =
        [
            new("pictures of socks that were taught", IsKnown: true, [.. pictures[true]]),
            new("pictures of other socks", IsKnown: false, [.. pictures[false]]),
        ];
        groups = [.. groups.Where(group => group.Pictures.Count > 0)];
        return groups.Length == 0 ? null : new UnknownScores(rule.Threshold, "The pictures of this evaluation.", groups);
    }

    /// <summary>What a training found.</summary>
    public static UnknownScores Of(UnknownEstimate estimate)
    {
        UnknownGroup[] groups =
        [
            new("pictures of taught socks", IsKnown: true, estimate.Known),
            new("of a sock as if it had not been taught", IsKnown: false, estimate.LeftOut),
            new("painted and recoloured socks", IsKnown: false, estimate.Foreign),
        ];
        return new UnknownScores(
            estimate.Threshold,
            "Known: the photos and changed copies of them, each judged without its photo and all copies of it. Unknown: one sock after the "
            + "other is judged as if it had not been taught. The figures below are what to expect of other pictures; socks that were never "
            + "photographed, put before the camera and judged by 'socksort evaluate', say it better.",
            [.. groups.Where(group => group.Pictures.Count > 0)]);
    }
}

/// <param name="Name">In the legend.</param>
/// <param name="IsKnown">Whether the model was taught these.</param>
/// <param name="Pictures">At least one.</param>
public sealed record UnknownGroup(string Name, bool IsKnown, IReadOnlyList<UnknownJudgement> Pictures);
