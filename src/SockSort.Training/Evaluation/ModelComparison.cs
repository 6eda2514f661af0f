namespace SockSort.Training.Evaluation;

/// <summary>What two models say of the same pictures.</summary>
public sealed class ModelComparison
{
    /// <param name="before">The old model's judgements.</param>
    /// <param name="after">The new model's. Pictures that only one of them has are left out.</param>
    public ModelComparison(EvaluationResult before, EvaluationResult after)
    {
        (Before, After) = (before, after);
        var byName = after.Judgements.ToDictionary(judgement => judgement.Name, StringComparer.Ordinal);
        Pictures = before.Judgements.Count(judgement => byName.ContainsKey(judgement.Name));
        Changed =
        [
            .. before.Judgements.Where(judgement => byName.ContainsKey(judgement.Name))
                .Select(judgement => ChangeOf(judgement, byName[judgement.Name]))
                .Where(change => change.Before.Label != change.After.Label),
        ];
    }

    public EvaluationResult Before { get; }

    public EvaluationResult After { get; }

    /// <summary>Pictures that both have judged.</summary>
    public int Pictures { get; }

    /// <summary>The pictures of which they say different labels, in the order of the data.</summary>
    public IReadOnlyList<ChangedAnswer> Changed { get; }

    private ChangedAnswer ChangeOf(Judgement before, Judgement after) => new(
        before.Name, before.Label, AnswerOf(before, Before.Labels), AnswerOf(after, After.Labels), EffectOf(before, after));

    private static ModelAnswer AnswerOf(Judgement judgement, IReadOnlyList<string> labels) =>
        new(labels[judgement.Said], judgement.Probability, judgement.IsRight);

    private static ChangeEffect EffectOf(Judgement before, Judgement after)
    {
        if (before.IsRight == after.IsRight)
            return ChangeEffect.Neither;
        return after.IsRight ? ChangeEffect.Better : ChangeEffect.Worse;
    }
}

/// <summary>A picture of which two models say different labels.</summary>
/// <param name="Name">Path or record.</param>
/// <param name="Label">The truth, as the data names it.</param>
/// <param name="Before">What the old model says.</param>
/// <param name="After">What the new model says.</param>
/// <param name="Effect">Whether the new answer is right where the old one was wrong, or the other way round.</param>
public sealed record ChangedAnswer(string Name, string Label, ModelAnswer Before, ModelAnswer After, ChangeEffect Effect);

/// <param name="Label">The most probable label.</param>
/// <param name="Probability">0..1.</param>
/// <param name="IsRight">False, too, for a picture whose label the model was never taught.</param>
public sealed record ModelAnswer(string Label, double Probability, bool IsRight);

/// <summary>What a changed answer is to its picture's truth.</summary>
public enum ChangeEffect
{
    /// <summary>Both are right or both are wrong.</summary>
    Neither,

    /// <summary>Only the new one is right.</summary>
    Better,

    /// <summary>Only the old one was right.</summary>
    Worse,
}
