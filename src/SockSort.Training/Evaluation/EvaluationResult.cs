using SockSort.Models.Inference;

namespace SockSort.Training.Evaluation;

/// <summary>How good a model is on pictures whose truth is known. Figures are over known labels unless they say otherwise.</summary>
public sealed class EvaluationResult
{
    private readonly Judgement[] _known;

    /// <param name="labels">The model's; index = class.</param>
    /// <param name="judgements">One a picture.</param>
    /// <param name="temperature">What the logits were divided by before these probabilities came out; 1 = nothing.</param>
    /// <param name="rejection">The model's own rule of what is unknown; null = it has none.</param>
    public EvaluationResult(
        IReadOnlyList<string> labels, IReadOnlyList<Judgement> judgements, double temperature = 1, RejectionRule? rejection = null)
    {
        Rejection = rejection;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        (Labels, Judgements, Temperature) = (labels, judgements, temperature);
        _known = [.. judgements.Where(judgement => judgement.IsKnown)];
        Confusion = ConfusionMatrix.Of(labels, judgements);
        Classes = ClassScore.Of(Confusion);
        Reliability = Reliability.Of(_known.Select(judgement => (judgement.Probability, judgement.IsRight)));
        ReliabilityBefore = Reliability.Of(_known.Select(Untempered));
        Auc = KnownUnknown.Auc(
            [.. _known.Select(judgement => judgement.KnownScore)],
            [.. judgements.Where(judgement => !judgement.IsKnown).Select(judgement => judgement.KnownScore)]);
    }

    /// <summary>The model's labels; index = class.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>One a picture, in the order of the data.</summary>
    public IReadOnlyList<Judgement> Judgements { get; }

    /// <summary>What the logits were divided by.</summary>
    public double Temperature { get; }

    /// <summary>Pictures whose label the model knows.</summary>
    public int Known => _known.Length;

    /// <summary>Pictures whose label it was never taught.</summary>
    public int Unknown => Judgements.Count - Known;

    /// <summary>Pictures that were told right.</summary>
    public int Right => _known.Count(judgement => judgement.IsRight);

    /// <summary>Share that was told right, 0..1; null without known labels.</summary>
    public double? Accuracy => ShareOfKnown(judgement => judgement.IsRight);

    /// <summary>Share whose truth is one of the two most probable labels, 0..1; null without known labels.</summary>
    public double? Top2 => ShareOfKnown(judgement => judgement.Rank < 2);

    /// <summary>Mean F1 of the classes that have pictures, 0..1; null without known labels.</summary>
    public double? MacroF1 => Classes.Average(known => known.F1);

    /// <summary>How well known and unknown labels are told apart, 0..1; null where there are only known or only unknown ones.</summary>
    public double? Auc { get; }

    /// <summary>The model's own rule of what is unknown; null = it has none.</summary>
    public RejectionRule? Rejection { get; }

    /// <summary>Share of the known pictures that the rule leaves known, 0..1; null without a rule or known pictures.</summary>
    public double? KnownKept => Rejection is null ? null : ShareOfKnown(judgement => !IsRejected(judgement));

    /// <summary>Share of the unknown pictures that the rule tells as unknown, 0..1; null without a rule or unknown pictures.</summary>
    public double? UnknownFound => Rejection is null || Unknown == 0
        ? null
        : (double)Judgements.Count(judgement => !judgement.IsKnown && IsRejected(judgement)) / Unknown;

    /// <summary>The score of each class, in the order of the labels.</summary>
    public IReadOnlyList<ClassScore> Classes { get; }

    public ConfusionMatrix Confusion { get; }

    /// <summary>How far the probabilities that the model gives are true shares.</summary>
    public Reliability Reliability { get; }

    /// <summary>How far the probabilities would be true shares without the temperature.</summary>
    public Reliability ReliabilityBefore { get; }

    /// <summary>Whether the model's rule tells the picture as unknown.</summary>
    public bool IsRejected(Judgement judgement) => Rejection?.Rejects(judgement.Probability, judgement.Unknown) == true;

    private double? ShareOfKnown(Func<Judgement, bool> counts) => Known == 0 ? null : (double)_known.Count(counts) / Known;

    // A temperature above 0 never changes which label is the first.
    private (double Probability, bool IsRight) Untempered(Judgement judgement) =>
        (TemperatureScaling.Apply(judgement.Probabilities, 1 / Temperature)[judgement.Said], judgement.IsRight);
}
