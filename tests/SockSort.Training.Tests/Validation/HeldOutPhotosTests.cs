using SockSort.Dataset.Photos;
using SockSort.Models.Onnx;
using SockSort.Testing;
using SockSort.Training.Evaluation;
using SockSort.Training.Trainer;
using SockSort.Training.Validation;

namespace SockSort.Training.Tests.Validation;

public sealed class HeldOutPhotosTests : IDisposable
{
    private static readonly TrainingOptions Quick = new()
    {
        Blocks = 4,
        Steps = 3,
        MiniBatchSize = 10,
        Copies = 2,
        InputSize = 96,
        Threads = 2,
    };

    private static readonly Dictionary<int, string> Socks = new() { [0] = "Red", [1] = "Sky Blue" };

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_photo_that_was_held_out_is_never_trained_on()
    {
        Pictures.WriteTwoSocks(_temp.File("all"));

        var split = Train("all", Quick with { ValidationSplit = 0.4 });
        foreach (var photo in Directory.GetFiles(_temp.File("all"), "*", SearchOption.AllDirectories)
            .Where(path => !split.Evaluation!.Judgements.Any(held => path.EndsWith(held.Name, StringComparison.Ordinal))))
            Copy(photo, photo.Replace("/all/", "/learnt/", StringComparison.Ordinal));
        var alone = Train("learnt", Quick);

        Assert.Equal(CheckKind.Split, split.Check);
        Assert.Equal((2, 2), (split.HeldOut, split.Evaluation!.Judgements.Count));
        Assert.Equal([2, 2, 0], split.Classes.Select(known => known.Photos));
        // As if it had never been there: every step's loss is that of a training on the other photos, and so is the hash of what was learnt
        // from.
        Assert.Equal(alone.Losses, split.Losses);
        Assert.Equal(alone.Package.Card.Sha256["photos"], split.Package.Card.Sha256["photos"]);
        Assert.Equal(alone.Pictures, split.Pictures);
    }

    [Fact]
    public async Task Pictures_of_another_place_judge_and_nothing_is_learnt_from_them()
    {
        Pictures.WriteTwoSocks(_temp.File("photos"));
        Pictures.Write(_temp.File("camera"), "Reds/1.png", Pictures.Striped(200, 40, 40, 8));
        Pictures.Write(_temp.File("camera"), "class-sky_blue/1.png", Pictures.Striped(60, 110, 220, 8));
        Pictures.Write(_temp.File("camera"), "class-sky_blue/2.png", Pictures.Striped(60, 110, 220, 12));
        Pictures.Write(_temp.File("camera"), "class-green/1.png", Pictures.Striped(20, 200, 30, 4));
        using var camera = await EvaluationSet.OpenAsync(
            _temp.File("camera"), null, null, Socks, null, TestContext.Current.CancellationToken);

        var judged = Train("photos", Quick, camera);

        Assert.Equal(CheckKind.Validation, judged.Check);
        Assert.Equal((3, 1), (judged.Evaluation!.Known, judged.Evaluation.Unknown));
        Assert.Equal([(3, 1), (3, 2), (0, 0)], judged.Classes.Select(known => (known.Photos, known.HeldOut)));
        Assert.NotNull(judged.Evaluation.Auc);
        Assert.Equal(Train("photos", Quick).Losses, judged.Losses);
        Assert.Equal(judged.Package.Card.Temperature, judged.Evaluation.Temperature);
        Assert.StartsWith($"4 photos of {_temp.File("camera")}: the model itself judged them", (string?)judged.Package.Card.Metrics["how"]);
    }

    [Fact]
    public async Task What_the_report_says_of_a_picture_is_what_the_model_says_of_it()
    {
        Pictures.WriteTwoSocks(_temp.File("photos"));
        Pictures.Write(_temp.File("camera"), "class-red/1.png", Pictures.Striped(200, 40, 40, 8));
        Pictures.Write(_temp.File("camera"), "class-sky_blue/1.png", Pictures.Striped(60, 110, 220, 8));
        using var camera = await EvaluationSet.OpenAsync(
            _temp.File("camera"), null, null, Socks, null, TestContext.Current.CancellationToken);

        var judged = Train("photos", Quick, camera);
        var (asked, _) = new Evaluator(judged.Package, threads: 1).Evaluate(camera, done: null, TestContext.Current.CancellationToken);

        Assert.Equal(
            asked.Judgements.SelectMany(judgement => judgement.Probabilities),
            judged.Evaluation!.Judgements.SelectMany(judgement => judgement.Probabilities),
            (one, other) => Math.Abs(one - other) < 1e-5);
    }

    [Fact]
    public async Task A_picture_that_is_learnt_from_too_is_named_and_does_not_judge()
    {
        Pictures.WriteTwoSocks(_temp.File("photos"));
        Pictures.Write(_temp.File("camera"), "class-red/1.png", Pictures.Striped(200, 40, 40, 8));
        Copy(_temp.File("photos/class-red/0.png"), _temp.File("camera/class-red/again.png"));
        using var camera = await EvaluationSet.OpenAsync(
            _temp.File("camera"), null, null, Socks, null, TestContext.Current.CancellationToken);

        var judged = Train("photos", Quick, camera);

        Assert.Equal(1, judged.HeldOut);
        Assert.Equal(
            [(_temp.File("camera/class-red/again.png"), "the same file as class-red/0.png, which is learnt from: it cannot judge")],
            judged.Skipped.Select(photo => (photo.Path, photo.Reason)));
    }

    [Fact]
    public async Task Pictures_of_other_socks_alone_cannot_judge()
    {
        Pictures.WriteTwoSocks(_temp.File("photos"));
        Pictures.Write(_temp.File("camera"), "class-green/1.png", Pictures.Striped(20, 200, 30, 4));
        using var camera = await EvaluationSet.OpenAsync(
            _temp.File("camera"), null, null, Socks, null, TestContext.Current.CancellationToken);

        var error = Assert.Throws<TrainingException>(() => Train("photos", Quick, camera));

        Assert.Equal(
            $"{_temp.File("camera")}: holds no picture of a sock that is taught; folders are named as those of the photos (class-google), "
                + "and what judges may not be learnt from, too",
            error.Message);
    }

    [Fact]
    public void A_split_of_single_photos_is_an_error()
    {
        Pictures.Write(_temp.File("photos"), "class-red/1.png", Pictures.Striped(200, 0, 0, 0));
        Pictures.Write(_temp.File("photos"), "class-blue/1.png", Pictures.Striped(0, 0, 200, 0));

        var error = Assert.Throws<TrainingException>(() => Train("photos", Quick with { ValidationSplit = 0.2 }));

        Assert.Equal(
            $"{_temp.File("photos")}: no class has two photos, so that none can be held out to judge by: leave the split "
                + "out, or take more photos",
            error.Message);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    private TrainingResult Train(string photos, TrainingOptions options, EvaluationSet? validation = null) =>
        new SockTrainer(OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx")), options)
        {
            Validation = validation,
        }.Train(PhotoSet.OfFolder(_temp.File(photos)));
}
