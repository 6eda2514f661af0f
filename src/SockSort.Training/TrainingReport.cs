using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SockSort.Models;
using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;
using SockSort.Training.FineTuning;
using SockSort.Training.Head;
using SockSort.Training.Photos;
using SockSort.Training.Rejection;

namespace SockSort.Training;

/// <summary>Turns the outcome of a training into the result and into the card that goes with the model.</summary>
internal sealed class TrainingReport(
    TrainingPlan plan, TrainingOptions options, OnnxModel backbone, CrossValidation? check, FineTuned? tuned, double temperature,
    RejectionThreshold? rejection, int pictures)
{
    private readonly ClassResult[] _classes = [.. plan.Classes.Select((known, index) => Judge(plan, check, known, index))];

    public TrainingResult Make(OnnxModel model) => new()
    {
        Package = new ModelPackage(model.ToBytes(), Card()),
        Classes = _classes,
        Skipped = plan.Skipped,
        Judgements = Judgements(),
        DroppedFolders = plan.DroppedFolders,
        Pictures = pictures,
        Folds = check?.Folds ?? 0,
        CopiesRight = check?.CopiesRight,
        Losses = tuned?.Losses ?? [],
        Times = tuned?.Times,
    };

    private static ClassResult Judge(TrainingPlan plan, CrossValidation? check, ModelClass known, int index)
    {
        int[] photos = [.. Enumerable.Range(0, plan.Photos.Count).Where(photo => plan.Photos[photo].Class == index)];
        int[] said = check is null ? [] : [.. photos.Select(photo => check.Photos[photo]).Where(answer => answer >= 0)];
        return new ClassResult(known.Label, known.Folder, photos.Length, said.Length, said.Count(answer => answer == index),
            [.. said.Where(answer => answer != index).Select(answer => plan.Classes[answer].Label)]);
    }

    private Judgement[] Judgements() => [.. plan.Photos.Index().Where(photo => check?.Probabilities[photo.Index] is not null).Select(photo => new Judgement
    {
        Name = photo.Item.Name,
        Label = plan.Classes[photo.Item.Class].Label,
        Truth = photo.Item.Class,
        Probabilities = check!.Probabilities[photo.Index]!,
    })];

    private ModelCard Card() => new()
    {
        Input = new ModelInput { Size = options.InputSize },
        Temperature = temperature,
        RejectionThreshold = rejection is null ? null : Math.Round(rejection.Threshold, 4),
        Classes = plan.Classes,
        Training = Facts(),
        Metrics = Metrics(),
        Sha256 = new Dictionary<string, string>
        {
            ["backbone"] = Convert.ToHexStringLower(SHA256.HashData(backbone.ToBytes())),
            ["photos"] = PhotoLoader.HashOf(plan.Photos),
        },
    };

    // No date, duration or thread count: the same photos and seed make the same bytes.
    private JsonObject Facts()
    {
        var facts = HeadFacts();
        if (tuned is null)
            return facts;
        facts["blocks"] = options.Blocks;
        facts["steps"] = tuned.Losses.Count;
        facts["mini_batch_size"] = options.MiniBatchSize;
        facts["learning_rate"] = options.LearningRate;
        facts["head_learning_rate"] = options.HeadLearningRate;
        facts["weight_decay"] = options.WeightDecay;
        facts["dropout"] = options.Dropout;
        facts["last_loss"] = Math.Round(tuned.Losses[^1], 4);
        return facts;
    }

    private JsonObject HeadFacts() => new()
    {
        ["method"] = tuned is null
            ? "softmax regression on the embedding of a frozen backbone"
            : "fine-tuning of the backbone's last blocks and a head that was started by softmax regression",
        ["backbone"] = Path.GetFileName(backbone.File),
        ["seed"] = options.Seed,
        ["photos"] = plan.Photos.Count,
        ["photos_skipped"] = plan.Skipped.Count,
        ["copies_per_photo"] = options.CopiesFor(plan.Photos.Count),
        ["pictures"] = pictures,
        ["l2"] = options.L2,
        ["label_smoothing"] = options.LabelSmoothing,
    };

    private JsonObject Metrics()
    {
        var metrics = HeldOutMetrics();
        if (rejection is null)
            return metrics;
        metrics["rejection"] = new JsonObject
        {
            ["how"] = "one class left out after the other, on changed copies that were not learnt from (of photos that were) and on painted socks of no class",
            ["known_kept"] = Math.Round(rejection.KnownKept, 4),
            ["unknown_found"] = Math.Round(rejection.UnknownFound, 4),
        };
        return metrics;
    }

    private JsonObject HeldOutMetrics()
    {
        if (check is null)
            return new JsonObject { ["how"] = "not measured: no class has two photos" };
        return new JsonObject
        {
            ["how"] = $"{check.Folds}-fold cross-validation by photo: each photo is judged by a head that has seen neither it nor a copy of it{(tuned is null ? "" : ", on the backbone before it was tuned")}",
            ["photos_held_out"] = _classes.Sum(known => known.HeldOut),
            ["photos_right"] = _classes.Sum(known => known.Right),
            ["accuracy"] = Math.Round((double)_classes.Sum(known => known.Right) / _classes.Sum(known => known.HeldOut), 4),
            ["accuracy_of_copies"] = Math.Round(check.CopiesRight, 4),
            ["classes"] = new JsonArray([.. _classes.Where(known => known.Photos > 0).Select(known =>
                new JsonObject { ["label"] = known.Label, ["photos"] = known.Photos, ["held_out"] = known.HeldOut, ["right"] = known.Right })]),
        };
    }
}
