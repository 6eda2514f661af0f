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

    /// <summary>Share of the changed copies of held-out photos that were told right, 0..1; null without folds.</summary>
    public required double? CopiesRight { get; init; }

    /// <summary>Loss of each step of fine-tuning; empty where the head alone was learnt.</summary>
    public required IReadOnlyList<float> Losses { get; init; }

    /// <summary>Where the time of fine-tuning went; null where the head alone was learnt.</summary>
    public required StepTimes? Times { get; init; }

    /// <summary>
    /// What models that had not seen a photo said of it: one a photo that was held out, by the name <c>FOLDER/FILE</c>, or the validation
    /// picture's. Null where there is none.
    /// </summary>
    public EvaluationResult? Evaluation { get; init; }

    /// <summary>How it learnt.</summary>
    public IReadOnlyList<Chart> Curves { get; init; } = [];

    /// <summary>Photos that a model was tried on which had not seen them, and whose sock is taught.</summary>
    public int HeldOut => Classes.Sum(known => known.HeldOut);

    /// <summary>Those of <see cref="HeldOut"/> that were told right.</summary>
    public int Right => Classes.Sum(known => known.Right);

    /// <summary>Share of held-out photos that were told right, 0..1; null where none was held out.</summary>
    public double? Accuracy => HeldOut == 0 ? null : (double)Right / HeldOut;
}

/// <param name="Label">The shown name.</param>
/// <param name="Folder">Where its photos are; null = a background that was painted.</param>
/// <param name="Photos">Photos that were learnt from.</param>
/// <param name="HeldOut">Photos that were tried on a model which had not seen them.</param>
/// <param name="Right">Those that were told right.</param>
/// <param name="MistakenFor">Labels that the others were taken for.</param>
public sealed record ClassResult(string Label, string? Folder, int Photos, int HeldOut, int Right, IReadOnlyList<string> MistakenFor);
