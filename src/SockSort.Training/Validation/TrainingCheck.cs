using SockSort.Training.Evaluation;
using SockSort.Training.Features;
using SockSort.Training.Head;
using SockSort.Training.Rejection;

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

    /// <summary>The same by folds, before the backbone was tuned; null where the model itself was judged so, or nothing could be.</summary>
    public FoldsBeforeTuning? BeforeTuning { get; init; }

    public static TrainingCheck Of(TrainingPlan plan, CrossValidation check) => new()
    {
        Kind = CheckKind.Folds,
        How = $"{check.Folds}-fold cross-validation by photo: each photo is judged by a head that has seen neither it nor a copy of it",
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

    /// <param name="plan">What was learnt from.</param>
    /// <param name="samples">Of <paramref name="fresh"/>.</param>
    /// <param name="learnt">Scores of the photos that were learnt from.</param>
    /// <param name="fresh">Scores of changed copies that were not.</param>
    /// <param name="temperature">Of that model.</param>
    /// <param name="folds">What heads on the backbone as it was make of the photos; null where nothing could be held out.</param>
    public static TrainingCheck OfLearnt(
        TrainingPlan plan, IReadOnlyList<Sample> samples, HeldOutLogits learnt, HeldOutLogits fresh, double temperature,
        CrossValidation? folds)
    {
        var photos = FreshPictures.Learnt(plan.Photos).Index().Select(
            sample => JudgementOf(plan, sample.Item, learnt.Rows[sample.Index].Logits, temperature));
        var copies = samples.Index().Where(sample => sample.Item.Class >= 0).Select(
            sample => JudgementOf(plan, sample.Item, fresh.Rows[sample.Index].Logits, temperature));
        return new TrainingCheck
        {
            Kind = CheckKind.Learnt,
            How = "the model itself judged the photos that it has learnt from, and changed copies of them that it has not: too kind for "
                + "other pictures, which --validation-split or --validation judge",
            Temperature = temperature,
            CopiesRight = (double)fresh.Right / fresh.Known,
            BeforeTuning = folds is null ? null : FoldsBeforeTuning.Of(plan, folds),
            Judgements = [.. photos, .. copies],
        };
    }

    /// <param name="held">The photos.</param>
    /// <param name="scores">Of the model that came out, with each photo as it is first, in the order of <paramref name="held"/>.</param>
    /// <param name="temperature">Of that model.</param>
    /// <param name="unknown">Its <c>unknown</c> of each photo; null = it has no such output.</param>
    public static TrainingCheck Of(
        HeldOutPhotos held, HeldOutLogits scores, double temperature, IReadOnlyList<double>? unknown)
    {
        var which = held.Kind == CheckKind.Split
            ? $"{held.Photos.Count} photos, {held.Source}, were held out"
            : $"{held.Photos.Count} photos of {held.Source}";
        return new TrainingCheck
        {
            Kind = held.Kind,
            How = which + ": the model itself judged them and had learnt from none of them; temperature and rejection threshold were "
                + "chosen by them and their changed copies",
            Temperature = temperature,
            Judgements = [.. held.Photos.Index().Select(photo => new Judgement
            {
                Name = photo.Item.Name,
                Label = held.Labels[photo.Index],
                Truth = photo.Item.Class,
                Unknown = unknown?[photo.Index],
                Probabilities = HeldOutLogits.SharesOf(scores.Rows[photo.Index].Logits, temperature),
            })],
        };
    }

    private static Judgement JudgementOf(TrainingPlan plan, Sample sample, ReadOnlySpan<float> logits, double temperature)
    {
        var name = plan.Photos[sample.Photo].Name;
        return new Judgement
        {
            Name = sample.Copy < 0 ? name : $"{name}, changed copy {sample.Copy + 1}",
            Label = plan.Classes[sample.Class].Label,
            Truth = sample.Class,
            Probabilities = HeldOutLogits.SharesOf(logits, temperature),
        };
    }
}
