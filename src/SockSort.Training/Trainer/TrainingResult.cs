using SockSort.Models.Package;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.FineTuning;
using SockSort.Training.Photos;
using SockSort.Training.Validation;

namespace SockSort.Training.Trainer;

/// <summary>A trained model and how good it is.</summary>
public sealed record TrainingResult
{
    public required ModelPackage Package { get; init; }

    /// <summary>What became of each class, in the order of the labels.</summary>
    public required IReadOnlyList<ClassResult> Classes { get; init; }

    /// <summary>Photos that could not be read, or are to judge and are learnt from, too.</summary>
    public required IReadOnlyList<SkippedPhoto> Skipped { get; init; }

    /// <summary>Folders of classes that have no readable photo and are not in the model.</summary>
    public required IReadOnlyList<string> DroppedFolders { get; init; }

    /// <summary>Pictures that the head was learnt from: photos, copies, painted backgrounds.</summary>
    public required int Pictures { get; init; }

    /// <summary>Which photos it was judged by.</summary>
    public required CheckKind Check { get; init; }

    /// <summary><see cref="Check"/> in a sentence.</summary>
    public required string How { get; init; }

    /// <summary>Heads that were learnt for the check, each without one share of the photos; 0 = it was not done by folds.</summary>
    public required int Folds { get; init; }

    /// <summary>
    /// Share of the changed copies of the photos that judge that were told right, 0..1; null where the model was judged by other pictures.
    /// </summary>
    public required double? CopiesRight { get; init; }

    /// <summary>Loss of each step of fine-tuning; empty where the head alone was learnt.</summary>
    public required IReadOnlyList<float> Losses { get; init; }

    /// <summary>Where the time of fine-tuning went; null where the head alone was learnt.</summary>
    public required StepTimes? Times { get; init; }

    /// <summary>
    /// What was said of the pictures that judge, by the name <c>FOLDER/FILE</c> (and <c>, changed copy N</c>), or the validation picture's.
    /// Null where there is none.
    /// </summary>
    public EvaluationResult? Evaluation { get; init; }

    /// <summary>How well the photos can be told apart, by folds before the tuning; null where there was none.</summary>
    public FoldsBeforeTuning? BeforeTuning { get; init; }

    /// <summary>Photos that were learnt from and then put before the model that came out.</summary>
    public required int LearntPhotos { get; init; }

    /// <summary>Those of <see cref="LearntPhotos"/> that it tells right.</summary>
    public required int LearntRight { get; init; }

    /// <summary>What the model's <c>unknown</c> is worth; null where no class has two photos, so that it has no such output.</summary>
    public UnknownEstimate? Unknown { get; init; }

    /// <summary>What went wrong on the way and was mended, in sentences: a rate that ruined the model, and what was done.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How it learnt.</summary>
    public IReadOnlyList<Chart> Curves { get; init; } = [];

    /// <summary>Pictures that judge (see <see cref="Check"/>) and whose sock is taught.</summary>
    public int HeldOut => Classes.Sum(known => known.HeldOut);

    /// <summary>Those of <see cref="HeldOut"/> that were told right.</summary>
    public int Right => Classes.Sum(known => known.Right);

    /// <summary>Share of the pictures that judge that were told right, 0..1; null where there is none.</summary>
    public double? Accuracy => HeldOut == 0 ? null : (double)Right / HeldOut;
}

/// <param name="Label">The shown name.</param>
/// <param name="Folder">Where its photos are; null = a background that was painted.</param>
/// <param name="Photos">Photos that were learnt from.</param>
/// <param name="HeldOut">Pictures of it that judge.</param>
/// <param name="Right">Those that were told right.</param>
/// <param name="MistakenFor">Labels that the others were taken for.</param>
public sealed record ClassResult(string Label, string? Folder, int Photos, int HeldOut, int Right, IReadOnlyList<string> MistakenFor);
