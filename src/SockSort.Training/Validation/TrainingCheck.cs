using SockSort.Training.Evaluation;
using SockSort.Training.Features;
using SockSort.Training.Head;

namespace SockSort.Training.Validation;

/// <summary>What was said of photos by models that had not learnt from them, and how that came about.</summary>
internal sealed record TrainingCheck
{
    /// <summary>Nothing could be held out.</summary>
    public static readonly TrainingCheck None = new()
    {
        Kind = CheckKind.None,
        How = "not measured: no class has two photos, so that none could be held out",
    };

    public required CheckKind Kind { get; init; }

    /// <summary>How the figures came about, in words for whoever reads them.</summary>
    public required string How { get; init; }

    /// <summary>One a photo that was held out.</summary>
    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    /// <summary>The temperature that <see cref="Judgements"/> were made with.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Heads that were learnt for it.</summary>
    public int Folds { get; init; }

    /// <summary>Share of the changed copies of held-out photos that were told right, 0..1; null = not measured.</summary>
    public double? CopiesRight { get; init; }

    public static TrainingCheck Of(TrainingPlan plan, CrossValidation check, bool isTuned) => new()
    {
        Kind = CheckKind.Folds,
        How = $"{check.Folds}-fold cross-validation by photo: each photo is judged by a head that has seen neither it nor a copy of it"
            + (isTuned ? ", on the backbone before it was tuned" : ""),
        Folds = check.Folds,
        CopiesRight = check.CopiesRight,
        Temperature = check.Temperature,
        Judgements = [.. plan.Photos.Index().Where(photo => check.Probabilities[photo.Index] is not null).Select(photo => new Judgement
        {
            Name = photo.Item.Name,
            Label = plan.Classes[photo.Item.Class].Label,
            Truth = photo.Item.Class,
            Probabilities = check.Probabilities[photo.Index]!,
        })],
    };

    /// <param name="held">The photos.</param>
    /// <param name="scores">Of the model that came out, with each photo as it is first, in the order of <paramref name="held"/>.</param>
    /// <param name="temperature">Of that model.</param>
    public static TrainingCheck Of(HeldOutPhotos held, HeldOutLogits scores, double temperature) => new()
    {
        Kind = held.Kind,
        How = (held.Kind == CheckKind.Split
            ? $"{held.Photos.Count} photos, {held.Source}, were held out"
            : $"{held.Photos.Count} photos of {held.Source}")
            + ": the model itself judged them and had learnt from none of them; temperature and rejection threshold were chosen by them "
            + "and their changed copies",
        Temperature = temperature,
        Judgements = [.. held.Photos.Index().Select(photo => new Judgement
        {
            Name = photo.Item.Name,
            Label = held.Labels[photo.Index],
            Truth = photo.Item.Class,
            Probabilities = HeldOutLogits.SharesOf(scores.Rows[photo.Index].Logits, temperature),
        })],
    };
}
