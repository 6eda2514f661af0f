using System.Globalization;
using SockSort.Dataset.Photos;
using SockSort.Models.Package;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.Trainer;
using SockSort.Training.Validation;

namespace SockSort.Cli.Evaluation;

/// <summary>The report of one run of <c>train</c>.</summary>
/// <param name="Photos">The photos that it was trained on.</param>
/// <param name="Validation">The validation photos; null if a part of <paramref name="Photos"/> was held out.</param>
/// <param name="Result">The result of the training.</param>
/// <param name="Model">The path of the package.</param>
internal sealed record TrainingRun(
    PhotoSet Photos, EvaluationSet? Validation, TrainingResult Result, string Model, DateTimeOffset StartedAt, TimeSpan Took)
{
    public ReportContent ToReport()
    {
        var evaluation = Result.Evaluation;
        return new ReportContent
        {
            Title = $"Training of {Path.GetFileName(Model)}",
            How = How(),
            Result = evaluation,
            Threshold = Result.Package.Card.RejectionThreshold,
            Unknown = Result.Unknown is { } estimate ? UnknownScores.Of(estimate) : null,
            Thumbnails = evaluation is null
                ? new Dictionary<string, byte[]>()
                : Thumbnails.Of(Pictures(), ReportSelection.NamesOf(evaluation)),
            Curves = Result.Curves,
            Facts = [Facts(), .. CardFacts.Of(Model, Result.Package)],
            Skipped = Result.Skipped,
            MadeAt = StartedAt,
        };
    }

    private string How() => Result.Check switch
    {
        CheckKind.Split => $"{Result.How}.",
        CheckKind.Validation => $"{Result.How}.",
        CheckKind.Folds =>
            $"{Result.HeldOut} photos were held out in turns ({Result.Folds} folds): each was judged by a head that had seen "
                + "neither it nor a copy of it.",
        CheckKind.Learnt => $"{Capital(Result.How)}.{BeforeTuning()}",
        _ =>
            "No class has two photos, so that none could be held out: nothing is known of how good the model is. Judge it by other "
                + "pictures with 'socksort evaluate'.",
    };

    private string BeforeTuning() => Result.BeforeTuning is { } folds
        ? $" Before the tuning {folds.Photos} photos were held out in turns ({folds.Folds} folds), and heads that had seen neither them "
            + $"nor copies of them told {folds.Right} right: this shows how well they can be told apart, not what the tuned model does."
        : "";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private IEnumerable<EvaluationPicture> Pictures()
    {
        if (Validation is not null)
            return Validation.Pictures;
        var photos = Photos.Classes.SelectMany(known => known.Photos.Select(photo =>
            new EvaluationPicture($"{known.Folder}/{photo.FileName}", known.Label, photo.Read))).ToArray();
        if (Result.Check != CheckKind.Learnt)
            return photos;
        // An augmented copy is shown as the photo that it was made from.
        var byName = photos.ToDictionary(photo => photo.Name);
        return Result.Evaluation!.Judgements.Select(judgement => judgement.Name)
            .Where(name => byName.ContainsKey(PhotoOf(name)))
            .Select(name => byName[PhotoOf(name)] with { Name = name });
    }

    private static string PhotoOf(string name)
    {
        var copy = name.LastIndexOf(", changed copy ", StringComparison.Ordinal);
        return copy < 0 ? name : name[..copy];
    }

    private FactGroup Facts() => new("This training",
    [
        ("photos", $"{Photos.Source}: {Photos.PhotoCount} in {Photos.Classes.Count} classes, {Result.Skipped.Count} unreadable"),
        ("pictures", $"{Result.Pictures} with changed copies and painted backgrounds"),
        ("began", StartedAt.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)),
        ("took", FormattableString.Invariant($"{Took.TotalSeconds:0.0} s")),
        .. ThisProgram.Facts,
    ]);
}
