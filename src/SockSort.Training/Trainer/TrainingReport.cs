using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Training.Evaluation;
using SockSort.Training.Features;
using SockSort.Training.FineTuning;
using SockSort.Training.Head;
using SockSort.Training.Photos;
using SockSort.Training.Rejection;
using SockSort.Training.Validation;

namespace SockSort.Training.Trainer;

/// <summary>Turns the outcome of a training into the result and into the card that goes with the model.</summary>
internal sealed class TrainingReport
{
    private const string UnknownHow =
        "output 'unknown' of model.onnx: squared Mahalanobis distances to the mean of each class, with a covariance that all classes "
        + "share, of the last block's output (its mean over the picture) and of the embedding; their logarithms are weighed and added "
        + "class by class; a logistic function of the least sum less 0.7 of the sums' mean, 0.5 at 2 deviations above the middle of the "
        + "known pictures";

    private readonly TrainingPlan _plan;
    private readonly TrainingOptions _options;
    private readonly OnnxModel _backbone;
    private readonly TrainingCheck _check;
    private readonly EvaluationResult? _evaluation;

    public TrainingReport(TrainingPlan plan, TrainingOptions options, OnnxModel backbone, TrainingCheck check)
    {
        (_plan, _options, _backbone, _check) = (plan, options, backbone, check);
        if (check.Judgements.Count > 0)
            _evaluation = new EvaluationResult([.. plan.Classes.Select(known => known.Label)], check.Judgements, check.Temperature);
    }

    /// <summary>The tuned network; null where the head alone was learnt.</summary>
    public FineTuned? Tuned { get; init; }

    /// <summary>What the model's scores are divided by.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>What the output <c>unknown</c> is worth; null where the model has none.</summary>
    public UnknownEstimate? Unknown { get; init; }

    /// <summary>The threshold of a model without that output; null where none could be chosen.</summary>
    public RejectionThreshold? Rejection { get; init; }

    /// <summary>What the model says of the photos that it has learnt from.</summary>
    public required HeldOutLogits Learnt { get; init; }

    /// <summary>What the training has to say of its course.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Pictures that the head was learnt from.</summary>
    public int Pictures { get; init; }

    /// <summary>The photos that judge; null where none were held out but in turns.</summary>
    public HeldOutPhotos? HeldOut { get; init; }

    public TrainingResult Make(OnnxModel model) => new()
    {
        Package = new ModelPackage(model.ToBytes(), Card()),
        Classes = [.. _plan.Classes.Select(Judge)],
        Skipped = [.. _plan.Skipped, .. HeldOut?.Skipped ?? []],
        Evaluation = _evaluation,
        DroppedFolders = _plan.DroppedFolders,
        Pictures = Pictures,
        Check = _check.Kind,
        How = _check.How,
        Folds = _check.Folds,
        CopiesRight = _check.CopiesRight,
        BeforeTuning = _check.BeforeTuning,
        LearntPhotos = Learnt.Known,
        LearntRight = Learnt.Right,
        Notes = Notes,
        Unknown = Unknown,
        Losses = Tuned?.Losses ?? [],
        Times = Tuned?.Times,
    };

    private ClassResult Judge(ModelClass known, int index)
    {
        Judgement[] said = [.. _check.Judgements.Where(judgement => judgement.Truth == index)];
        return new ClassResult(known.Label, known.Folder, _plan.Photos.Count(photo => photo.Class == index), said.Length, said.Count(
            judgement => judgement.IsRight),
            [.. said.Where(judgement => !judgement.IsRight).Select(judgement => _plan.Classes[judgement.Said].Label)]);
    }

    private ModelCard Card() => new()
    {
        Input = new ModelInput { Size = _options.InputSize },
        Temperature = Temperature,
        RejectionThreshold = Rejection?.Rounded,
        Unknown = Unknown is null ? null : new UnknownScore { Threshold = Unknown.Threshold, How = UnknownHow },
        Classes = _plan.Classes,
        Training = Facts(),
        Metrics = Metrics(),
        Sha256 = Hashes(),
    };

    private Dictionary<string, string> Hashes()
    {
        var hashes = new Dictionary<string, string>
        {
            ["backbone"] = Convert.ToHexStringLower(SHA256.HashData(_backbone.ToBytes())),
            ["photos"] = PhotoLoader.HashOf(_plan.Photos),
        };
        if (HeldOut is not null)
            hashes["held_out"] = PhotoLoader.HashOf(
                HeldOut.Photos.Select((photo, index) => photo with { Name = $"{HeldOut.Labels[index]}/{Path.GetFileName(photo.Name)}" }));
        return hashes;
    }

    private void AddNotes(JsonObject facts)
    {
        if (Notes.Count > 0)
            facts["notes"] = new JsonArray([.. Notes.Select(note => JsonValue.Create(note))]);
    }

    // No date, duration or thread count: the same photos and seed make the same bytes.
    private JsonObject Facts()
    {
        var facts = HeadFacts();
        AddNotes(facts);
        if (Tuned is null)
            return facts;
        facts["blocks"] = _options.Blocks;
        facts["steps"] = Tuned.Losses.Count;
        facts["mini_batch_size"] = _options.MiniBatchSize;
        facts["learning_rate"] = _options.LearningRate;
        facts["head_learning_rate"] = _options.HeadLearningRate;
        facts["weight_decay"] = _options.WeightDecay;
        facts["dropout"] = _options.Dropout;
        facts["first_loss"] = Math.Round(Tuned.Losses[0], 4);
        facts["last_loss"] = Math.Round(Tuned.Losses[^1], 4);
        return facts;
    }

    private JsonObject HeadFacts() => new()
    {
        ["method"] = Tuned is null
            ? "softmax regression on the embedding of a frozen backbone"
            : "fine-tuning of the backbone's last blocks and a head that was started by softmax regression",
        ["backbone"] = Path.GetFileName(_backbone.File),
        ["seed"] = _options.Seed,
        ["photos"] = _plan.Photos.Count,
        ["photos_skipped"] = _plan.Skipped.Count,
        ["copies_per_photo"] = _options.CopiesFor(_plan.Photos.Count),
        ["pictures"] = Pictures,
        ["l2"] = _options.L2,
        ["label_smoothing"] = _options.LabelSmoothing,
    };

    private JsonObject Metrics()
    {
        var metrics = HeldOutMetrics();
        if (Unknown is not null)
            metrics["rejection"] = RejectionMetrics(Unknown);
        if (Rejection is null)
            return metrics;
        metrics["rejection"] = new JsonObject
        {
            ["how"] = HeldOut is null
                ? "one class left out after the other, on changed copies that were not learnt from (of photos that were) and on "
                + "painted socks of no class"
                : "one class left out after the other, on the photos that were held out, changed copies of them, and "
                + "painted socks of no class",
            ["known_kept"] = Math.Round(Rejection.KnownKept, 4),
            ["unknown_found"] = Math.Round(Rejection.UnknownFound, 4),
        };
        return metrics;
    }

    private JsonObject RejectionMetrics(UnknownEstimate unknown) => new()
    {
        ["how"] = "known: photos and changed copies, each judged without its photo and all copies of it"
            + (HeldOut is null ? "" : ", and the photos that were held out")
            + "; unknown: changed copies of one class after the other, judged as if it had not been taught; foreign: painted and "
            + "recoloured socks of no class",
        ["threshold"] = unknown.Threshold,
        ["known_kept"] = Rounded(unknown.KnownKept),
        ["unknown_found"] = Rounded(unknown.UnknownFound),
        ["foreign_found"] = Rounded(unknown.ForeignFound),
        ["known_kept_by_class"] = ByLabel(unknown.Known, picture => !picture.IsTold(unknown.Threshold)),
        ["unknown_found_by_class"] = ByLabel(unknown.LeftOut, picture => picture.IsTold(unknown.Threshold)),
    };

    private static JsonObject ByLabel(IReadOnlyList<UnknownJudgement> pictures, Func<UnknownJudgement, bool> counts) =>
        new(pictures.GroupBy(picture => picture.Label, picture => counts(picture) ? 1.0 : 0)
            .Select(label => KeyValuePair.Create(label.Key, (JsonNode?)Rounded(label.Average()))));

    private static JsonValue? Rounded(double share) => double.IsNaN(share) ? null : JsonValue.Create(Math.Round(share, 4));

    private JsonObject HeldOutMetrics()
    {
        var metrics = new JsonObject { ["how"] = _check.How };
        if (_evaluation is null)
            return metrics;
        metrics["photos_learnt_from"] = Learnt.Known;
        metrics["photos_learnt_from_right"] = Learnt.Right;
        if (_check.Kind == CheckKind.Learnt)
            metrics["pictures"] = _evaluation.Known;
        else
            (metrics["photos_held_out"], metrics["photos_right"]) = (_evaluation.Known, _evaluation.Right);
        if (_check.BeforeTuning is { } folds)
            metrics["folds_before_tuning"] = new JsonObject
            {
                ["how"] = "heads on the backbone before it was tuned, each without one share of the photos: how well these can be told "
                    + "apart, not what the tuned model does",
                ["folds"] = folds.Folds,
                ["photos"] = folds.Photos,
                ["right"] = folds.Right,
                ["accuracy_of_copies"] = Math.Round(folds.CopiesRight, 4),
            };
        foreach (var name in (string[])[
            "accuracy", "auc", "top2", "macro_f1", "calibration_error", "calibration_error_before_temperature", "classes", "confusion"])
            metrics[name] = MetricsJson.Of(_evaluation)[name]?.DeepClone();
        if (_check.CopiesRight is { } copies)
            metrics["accuracy_of_copies"] = Math.Round(copies, 4);
        return metrics;
    }
}
