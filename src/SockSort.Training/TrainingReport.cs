using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SockSort.Models;
using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;
using SockSort.Training.Head;
using SockSort.Training.Photos;

namespace SockSort.Training;

/// <summary>Turns the outcome of a training into the result and into the card that goes with the model.</summary>
internal sealed class TrainingReport(TrainingPlan plan, TrainingOptions options, OnnxModel backbone, CrossValidation? check, int pictures)
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
        Temperature = check?.Temperature ?? 1,
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
    private JsonObject Facts() => new()
    {
        ["method"] = "softmax regression on the embedding of a frozen backbone",
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
        if (check is null)
            return new JsonObject { ["how"] = "not measured: no class has two photos" };
        return new JsonObject
        {
            ["how"] = $"{check.Folds}-fold cross-validation by photo: each photo is judged by a head that has seen neither it nor a copy of it",
            ["photos_held_out"] = _classes.Sum(known => known.HeldOut),
            ["photos_right"] = _classes.Sum(known => known.Right),
            ["accuracy"] = Math.Round((double)_classes.Sum(known => known.Right) / _classes.Sum(known => known.HeldOut), 4),
            ["accuracy_of_copies"] = Math.Round(check.CopiesRight, 4),
            ["classes"] = new JsonArray([.. _classes.Where(known => known.Photos > 0).Select(known =>
                new JsonObject { ["label"] = known.Label, ["photos"] = known.Photos, ["held_out"] = known.HeldOut, ["right"] = known.Right })]),
        };
    }
}
