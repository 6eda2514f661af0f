using SockSort.Models.Package;
using SockSort.Training.Photos;

namespace SockSort.Training.Evaluation.Report;

/// <summary>All that a report shows.</summary>
public sealed record ReportContent
{
    /// <summary>What was done to what: <c>model.tar.gz on sock-camera</c>.</summary>
    public required string Title { get; init; }

    /// <summary>How the figures came about, in a sentence.</summary>
    public required string How { get; init; }

    /// <summary>The figures; null where nothing could be held out, so that there are none.</summary>
    public EvaluationResult? Result { get; init; }

    /// <summary>
    /// Highest probability below which the model tells a picture as unknown, 0..1; null = it has none, or tells unknown socks otherwise.
    /// Default null.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>What its output <c>unknown</c> says; null = it has none. Default null.</summary>
    public UnknownScores? Unknown { get; init; }

    /// <summary>
    /// Encoded pictures by <see cref="Judgement.Name"/>, of those that <see cref="ReportSelection"/> names; others are shown as a plain
    /// field.
    /// </summary>
    public IReadOnlyDictionary<string, byte[]> Thumbnails { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Curves of a training by step: loss, rate and the like.</summary>
    public IReadOnlyList<Chart> Curves { get; init; } = [];

    /// <summary>Settings, hashes, times.</summary>
    public IReadOnlyList<FactGroup> Facts { get; init; } = [];

    /// <summary>Pictures that could not be read.</summary>
    public IReadOnlyList<SkippedPhoto> Skipped { get; init; } = [];

    public required DateTimeOffset MadeAt { get; init; }
}
