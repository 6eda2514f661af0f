using SockSort.Models;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.FineTuning;
using SockSort.Training.Photos;

namespace SockSort.Training;

/// <summary>A trained model and how good it is.</summary>
public sealed record TrainingResult
{
    public required ModelPackage Package { get; init; }

    /// <summary>In the order of the labels.</summary>
    public required IReadOnlyList<ClassResult> Classes { get; init; }

    /// <summary>Photos that could not be read.</summary>
    public required IReadOnlyList<SkippedPhoto> Skipped { get; init; }

    /// <summary>Folders of classes that have no readable photo and are not in the model.</summary>
    public required IReadOnlyList<string> DroppedFolders { get; init; }

    /// <summary>Pictures that the head was learnt from: photos, copies, painted backgrounds.</summary>
    public required int Pictures { get; init; }

    /// <summary>Heads that were learnt for the check, each without one share of the photos; 0 = no class has two photos.</summary>
    public required int Folds { get; init; }

    /// <summary>Share of the changed copies of held-out photos that were told right, 0..1; null without folds.</summary>
    public required double? CopiesRight { get; init; }

    /// <summary>Loss of each step of fine-tuning; empty where the head alone was learnt.</summary>
    public required IReadOnlyList<float> Losses { get; init; }

    /// <summary>Where the time of fine-tuning went; null where the head alone was learnt.</summary>
    public required StepTimes? Times { get; init; }

    /// <summary>What models that had not seen a photo said of it, one a photo that was held out; its name is <c>FOLDER/FILE</c>.</summary>
    public IReadOnlyList<Judgement> Judgements { get; init; } = [];

    /// <summary>How it learnt.</summary>
    public IReadOnlyList<Chart> Curves { get; init; } = [];

    /// <summary>Photos that a head was tried on which had not seen them.</summary>
    public int HeldOut => Classes.Sum(known => known.HeldOut);

    /// <summary>Those of <see cref="HeldOut"/> that were told right.</summary>
    public int Right => Classes.Sum(known => known.Right);

    /// <summary>Share of held-out photos that were told right, 0..1; null without folds.</summary>
    public double? Accuracy => HeldOut == 0 ? null : (double)Right / HeldOut;
}

/// <param name="Label">The shown name.</param>
/// <param name="Folder">Where its photos are; null = a background that was painted.</param>
/// <param name="Photos">Readable photos.</param>
/// <param name="HeldOut">Photos that were tried on a head which had not seen them.</param>
/// <param name="Right">Those that were told right.</param>
/// <param name="MistakenFor">Labels that the others were taken for.</param>
public sealed record ClassResult(string Label, string? Folder, int Photos, int HeldOut, int Right, IReadOnlyList<string> MistakenFor);
