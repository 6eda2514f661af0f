using System.Collections.Concurrent;
using SockSort.Dataset.Photos;
using SockSort.Imaging.Decoding;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Testing;
using SockSort.Training.Trainer;
using SockSort.Training.Validation;

namespace SockSort.Training.Tests.Trainer;

public sealed class SockTrainerTests : IDisposable
{
    private static readonly TrainingOptions Quick = new() { Blocks = 0, Copies = 6, InputSize = 96, Threads = 2 };

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Two_socks_are_learnt_and_an_empty_wall_is_Blank()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var result = Train(Quick);

        Assert.Equal(["Red", "Sky Blue", "Blank"], result.Package.Labels);
        Assert.Equal(["class-red", "class-sky_blue", null], result.Package.Card.Classes.Select(known => known.Folder));
        using var classifier = new Classifier(result.Package);
        Assert.Equal("Red", classifier.Classify(Pictures.Striped(200, 40, 40, 8)).Label);
        Assert.Equal("Sky Blue", classifier.Classify(Pictures.Striped(60, 110, 220, 8)).Label);
        Assert.Equal("Blank", classifier.Classify(Pictures.Plain(320, 180, 170, 170, 165)).Label);
        Assert.Equal("Blank", classifier.Classify(Pictures.Plain(320, 180, 140, 138, 130)).Label);
    }

    [Fact]
    public void Accuracy_counts_photos_that_the_judging_head_has_not_seen()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var result = Train(Quick);

        Assert.Equal(3, result.Folds);
        Assert.Equal((6, 6), (result.HeldOut, result.Right));
        Assert.Equal([(3, 3), (3, 3), (0, 0)], result.Classes.Select(known => (known.Photos, known.Right)));
        Assert.Equal(1, (double?)result.Package.Card.Metrics["accuracy"]);
        Assert.InRange(result.CopiesRight!.Value, 0.7, 1);
    }

    [Fact]
    public void The_same_seed_makes_the_same_bytes_on_one_core_and_on_two()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        Train(Quick with { Threads = 1 }).Package.Write(_temp.File("one.tar.gz"));
        Train(Quick with { Threads = 2 }).Package.Write(_temp.File("two.tar.gz"));
        var other = Train(Quick with { Seed = 2 });

        Assert.Equal(File.ReadAllBytes(_temp.File("one.tar.gz")), File.ReadAllBytes(_temp.File("two.tar.gz")));
        Assert.NotEqual(ModelPackage.Read(_temp.File("one.tar.gz")).Onnx, other.Package.Onnx);
    }

    [Fact]
    public void Photos_of_the_empty_scene_join_the_painted_backgrounds()
    {
        Pictures.WriteTwoSocks(_temp.Path);
        Pictures.Write(_temp.Path, "class-blank/wall.png", Pictures.Plain(100, 100, 30, 60, 50));

        var result = Train(Quick);

        Assert.Equal(["Blank", "Red", "Sky Blue"], result.Package.Labels);
        Assert.Equal(("class-blank", 1), (result.Classes[0].Folder, result.Classes[0].Photos));
        using var classifier = new Classifier(result.Package);
        Assert.Equal("Blank", classifier.Classify(Pictures.Plain(320, 180, 30, 62, 52)).Label);
        Assert.Equal("Blank", classifier.Classify(Pictures.Plain(320, 180, 170, 170, 165)).Label);
    }

    [Fact]
    public void An_unreadable_photo_is_named_skipped_and_counted()
    {
        Pictures.WriteTwoSocks(_temp.Path);
        var broken = _temp.Write("class-red/broken.jpg", "no photo");

        var result = Train(Quick);

        Assert.Equal([broken], result.Skipped.Select(photo => photo.Path));
        Assert.StartsWith("not a picture of a format that can be read", result.Skipped[0].Reason);
        Assert.Equal(1, (int?)result.Package.Card.Training["photos_skipped"]);
        Assert.Equal(6, (int?)result.Package.Card.Training["photos"]);
    }

    [Fact]
    public void A_class_without_a_readable_photo_is_left_out_by_name()
    {
        Pictures.WriteTwoSocks(_temp.Path);
        _temp.Write("class-broken/1.jpg", "no photo");

        var result = Train(Quick);

        Assert.Equal(["class-broken"], result.DroppedFolders);
        Assert.Equal(["Red", "Sky Blue", "Blank"], result.Package.Labels);
    }

    [Fact]
    public void Fewer_than_two_readable_classes_are_an_error_that_names_the_photos()
    {
        Pictures.Write(_temp.Path, "class-red/1.png", Pictures.Striped(200, 0, 0, 0));
        var broken = _temp.Write("class-blue/1.jpg", "");

        var error = Assert.Throws<TrainingException>(() => Train(Quick));

        Assert.Equal(
            $"{_temp.Path}: 1 of its classes has a readable photo, at least 2 are needed; not readable: {broken} (the file is "
                + "empty, expected a picture)",
            error.Message);
    }

    [Fact]
    public void Every_stage_reports_up_to_its_end()
    {
        Pictures.WriteTwoSocks(_temp.Path);
        var reports = new Reports();

        new SockTrainer(Backbone(), Quick).Train(PhotoSet.OfFolder(_temp.Path), reports);

        var last = reports.Seen.GroupBy(report => report.Stage)
            .OrderBy(stage => stage.Key)
            .Select(stage => (stage.Key, stage.Max(report => report.Done), stage.First().Total));
        Assert.Equal(
            [
                (TrainingStage.Reading, 6, 6), (TrainingStage.Embedding, 56, 56), (TrainingStage.Checking, 3, 3),
                (TrainingStage.Learning, 1, 1),
            ],
            last);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(4, 1)]
    public void No_number_of_a_package_is_none_whatever_the_seed_and_the_classes(int copies, int seed)
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var result = Train(Quick with { Copies = copies, Seed = seed, InputSize = 64 });

        var card = result.Package.Card;
        Assert.True(double.IsFinite(card.Temperature));
        Assert.True(card.RejectionThreshold is null or (>= 0 and <= 1));
        Assert.DoesNotContain("NaN", System.Text.Encoding.UTF8.GetString(card.ToBytes()));
        Assert.Equal(card.Temperature, result.Evaluation!.Temperature);
    }

    [Fact]
    public void A_tuned_model_is_judged_itself_and_the_folds_before_it_are_named_as_such()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var result = Train(Quick with { Blocks = 4, Steps = 24, MiniBatchSize = 16, Copies = 2 });

        Assert.Equal(CheckKind.Learnt, result.Check);
        Assert.Equal((6, 3), (result.LearntPhotos, result.BeforeTuning!.Folds));
        // Each photo, and four changed copies of each.
        Assert.Equal((30, 30), (result.HeldOut, result.Evaluation!.Judgements.Count));
        Assert.Equal(result.Package.Card.Temperature, result.Evaluation.Temperature);
        Assert.Equal(6, (int?)result.Package.Card.Metrics["photos_learnt_from"]);
        Assert.Equal(result.BeforeTuning.Right, (int?)result.Package.Card.Metrics["folds_before_tuning"]!["right"]);
    }

    [Fact]
    public void A_rate_that_ruins_the_model_is_told_and_a_smaller_one_or_the_head_alone_is_taken()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var result = Train(Quick with { Blocks = 2, Steps = 16, InputSize = 64, Copies = 2, LearningRate = 0.05 });

        Assert.StartsWith("tuning with the learning rate 0.05 made the model worse than its head alone: ", result.Notes[0]);
        Assert.Equal(result.LearntPhotos, result.LearntRight);
        Assert.NotEqual(0.05, (double?)result.Package.Card.Training["learning_rate"]);
        Assert.Equal(result.Notes[0], (string?)result.Package.Card.Training["notes"]![0]);
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            new SockTrainer(Backbone(), Quick).Train(PhotoSet.OfFolder(_temp.Path), progress: null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void An_input_size_that_the_backbone_cannot_halve_is_refused()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        Assert.Throws<ArgumentOutOfRangeException>(() => Train(Quick with { InputSize = 100 }));
    }

    [Fact]
    public void The_sample_socks_are_told_on_the_camera_in_another_light()
    {
        var camera = Repository.Shared("data/sock-camera");
        (string File, string Label)[] frames =
        [
            .. File.ReadLines(Path.Combine(camera, "labels.csv"))
            .Skip(1)
            .Select(line => line.Split(','))
            .Select(cells => (cells[0], cells[1]))
                .Where(frame => frame.Item2 != "Running Science"),
        ];
        var photos = PhotoSet.OfFolder(Repository.Shared("data/sock-photos"));

        using var classifier = new Classifier(
            new SockTrainer(Backbone(), new TrainingOptions { Blocks = 0, Copies = 20 }).Train(photos).Package);
        var right = frames.Count(frame => classifier.Classify(PictureReader.Read(Path.Combine(camera, frame.File))).Label == frame.Label);

        Assert.Equal(42, frames.Length);
        Assert.InRange(right, 30, 42); // 70 %
    }

    private static OnnxModel Backbone() => OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx"));

    private TrainingResult Train(TrainingOptions options) => new SockTrainer(Backbone(), options).Train(PhotoSet.OfFolder(_temp.Path));

    private sealed class Reports : IProgress<TrainingProgress>
    {
        public ConcurrentQueue<TrainingProgress> Seen { get; } = [];

        public void Report(TrainingProgress value) => Seen.Enqueue(value);
    }
}
