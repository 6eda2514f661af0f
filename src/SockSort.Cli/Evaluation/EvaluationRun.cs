using System.Globalization;
using SockSort.Models.Package;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.Photos;

namespace SockSort.Cli.Evaluation;

/// <summary>One run of <c>evaluate</c>, with everything that its report contains.</summary>
/// <param name="Model">The path of the package.</param>
/// <param name="Data">The pictures' location as given on the command line.</param>
/// <param name="Took">The time until the last picture was classified.</param>
internal sealed record EvaluationRun(
    string Model, string Data, ModelPackage Package, EvaluationSet Set, EvaluationResult Result, IReadOnlyList<SkippedPhoto> Skipped,
    DateTimeOffset StartedAt, TimeSpan Took, int Threads)
{
    public ReportContent ToReport() => new()
    {
        Title = $"{Path.GetFileName(Model)} on {Path.GetFileName(Path.TrimEndingDirectorySeparator(Data))}",
        How = $"{Result.Judgements.Count} pictures were put before the model as the camera puts its frames; accuracy, precision, recall "
            + $"and calibration are over the {Result.Known} whose label it knows.",
        Result = Result,
        Threshold = Package.Card.RejectionThreshold,
        Unknown = UnknownScores.Of(Result),
        Thumbnails = Thumbnails.Of(Set.Pictures, ReportSelection.NamesOf(Result)),
        Facts = [Facts(), .. CardFacts.Of(Model, Package)],
        Skipped = Skipped,
        MadeAt = StartedAt,
    };

    private FactGroup Facts() => new("This evaluation",
    [
        ("data", Data),
        ("pictures", $"{Result.Judgements.Count} judged, {Skipped.Count} unreadable or missing, {Set.Unlabelled} without a label"),
        ("began", StartedAt.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture)),
        ("took", FormattableString.Invariant(
            $"{Took.TotalSeconds:0.0} s, {Result.Judgements.Count / Took.TotalSeconds:0.0} pictures/s on {Threads} threads")),
        .. ThisProgram.Facts,
    ]);
}
