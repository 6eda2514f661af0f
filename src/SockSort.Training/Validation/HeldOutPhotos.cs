using SockSort.Dataset.Photos;
using SockSort.Training.Evaluation;
using SockSort.Training.Features;
using SockSort.Training.Photos;

namespace SockSort.Training.Validation;

/// <summary>Photos that judge what is learnt and that nothing is learnt from.</summary>
/// <param name="Kind">Where they come from.</param>
/// <param name="Source">The share, or the place, in words.</param>
/// <param name="Photos">
/// Their class is an index of the plan's classes; <see cref="Judgement.NotTaught"/> = a sock that is not taught.
/// </param>
/// <param name="Labels">The truth of each, as the data names it.</param>
/// <param name="Skipped">What cannot judge: unreadable, or learnt from, too.</param>
internal sealed record HeldOutPhotos(
    CheckKind Kind, string Source, IReadOnlyList<TrainingPhoto> Photos, IReadOnlyList<string> Labels, IReadOnlyList<SkippedPhoto> Skipped)
{
    /// <param name="set">Where the photos are from.</param>
    /// <param name="plan">What is learnt from the others.</param>
    /// <param name="held">Their class is an index of the set's.</param>
    /// <param name="share">The share that was asked for.</param>
    /// <exception cref="TrainingException">There is none.</exception>
    public static HeldOutPhotos OfSplit(PhotoSet set, TrainingPlan plan, IReadOnlyList<TrainingPhoto> held, double share) =>
        Make(CheckKind.Split, FormattableString.Invariant($"a share of {share:0.###} of each class"), set.Source, plan,
            [.. held.Select(photo => (photo, set.Classes[photo.Class].Label))], []);

    /// <param name="set">Pictures with their labels.</param>
    /// <param name="plan">What is learnt.</param>
    /// <param name="options">Input size and cores.</param>
    /// <param name="read">Told the number of pictures that are done, from any thread.</param>
    /// <param name="cancel">Ends it between pictures.</param>
    /// <exception cref="TrainingException">None of them shows a sock that is taught and can judge.</exception>
    /// <exception cref="EvaluationException">A label may mean two classes.</exception>
    public static HeldOutPhotos Of(
        EvaluationSet set, TrainingPlan plan, TrainingOptions options, Action<int> read, CancellationToken cancel)
    {
        // Until its label is looked up, the class is the number of the picture.
        var (photos, skipped) = PhotoLoader.Load(
            [.. set.Pictures.Select((picture, number) => new PhotoSource(number, picture.Name, picture.Name, picture.Read))], options, read,
            cancel);
        return Make(
            CheckKind.Validation, set.Source, set.Source, plan, [.. photos.Select(photo => (photo, set.Pictures[photo.Class].Label))],
            [.. set.Missing, .. skipped]);
    }

    private static HeldOutPhotos Make(
        CheckKind kind, string words, string source, TrainingPlan plan, IReadOnlyList<(TrainingPhoto Photo, string Label)> all,
        IReadOnlyList<SkippedPhoto> unreadable)
    {
        var matcher = new LabelMatcher([.. plan.Classes.Select(known => known.Label)]);
        var learnt = plan.Photos.DistinctBy(photo => photo.Sha256).ToDictionary(photo => photo.Sha256, photo => photo.Name);
        var apart = all.Where(held => !learnt.ContainsKey(held.Photo.Sha256)).ToArray();
        TrainingPhoto[] photos = [.. apart.Select(held => held.Photo with { Class = matcher.Find(held.Label) })];
        var doubled = all.Where(held => learnt.ContainsKey(held.Photo.Sha256))
            .Select(
                held =>
                    new SkippedPhoto(
                        held.Photo.Name, $"the same file as {learnt[held.Photo.Sha256]}, which is learnt from: it cannot judge"));
        SkippedPhoto[] leftOut = [.. unreadable, .. doubled];
        if (Array.Exists(photos, photo => photo.Class >= 0))
            return new HeldOutPhotos(kind, words, photos, [.. apart.Select(held => held.Label)], leftOut);
        throw kind == CheckKind.Split ? PhotoErrors.NothingToSplit(source, leftOut) : PhotoErrors.NothingToJudgeBy(source, leftOut);
    }
}
