using SockSort.Dataset.Photos;
using SockSort.Imaging.Kernels;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Testing;
using SockSort.Training.Features;
using SockSort.Training.FineTuning;
using SockSort.Training.Graph;
using SockSort.Training.Native;
using SockSort.Training.Photos;
using SockSort.Training.Trainer;

namespace SockSort.Training.Tests.FineTuning;

public sealed class FineTunerTests : IDisposable
{
    private static readonly TrainingOptions Quick = new()
    {
        Blocks = 4,
        Steps = 8,
        MiniBatchSize = 10,
        Copies = 2,
        InputSize = 96,
        Threads = 2,
    };

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Steps_bring_the_loss_down_and_the_socks_are_told()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var result = Train(Quick with { Steps = 24, MiniBatchSize = 16 });

        Assert.Equal(24, result.Losses.Count);
        Assert.True(result.Losses.TakeLast(4).Average() < 0.75 * result.Losses.Take(4).Average(), string.Join(' ', result.Losses));
        using var classifier = new Classifier(result.Package);
        Assert.Equal("Red", classifier.Classify(Pictures.Striped(200, 40, 40, 8)).Label);
        Assert.Equal("Sky Blue", classifier.Classify(Pictures.Striped(60, 110, 220, 8)).Label);
        Assert.Equal("Blank", classifier.Classify(Pictures.Plain(320, 180, 170, 170, 165)).Label);
    }

    [Fact]
    public void The_same_seed_makes_the_same_bytes()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var first = Train(Quick).Package.Onnx;

        Assert.Equal(first, Train(Quick).Package.Onnx);
        Assert.NotEqual(first, Train(Quick with { Seed = 2 }).Package.Onnx);
    }

    [Fact]
    public void A_batch_may_be_larger_than_the_set_and_a_class_have_one_photo()
    {
        Pictures.Write(_temp.Path, "class-red/1.png", Pictures.Striped(200, 0, 0, 0));
        Pictures.Write(_temp.Path, "class-blue/1.png", Pictures.Striped(0, 0, 200, 0));

        var steps = new StepsSeen();

        var result = Train(Quick with { Steps = 2, MiniBatchSize = 40 }, _temp.File("model.checkpoint"), steps);

        // Whether the tuned network or the head alone is kept is not asked here.
        Assert.Contains(2, steps.Seen);
        Assert.Equal(3, result.Package.Labels.Count);
    }

    [Fact]
    public void A_run_that_was_cut_off_goes_on_to_the_same_bytes()
    {
        Pictures.WriteTwoSocks(_temp.Path);
        var checkpoint = _temp.File("model.checkpoint");
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Train(Quick, checkpoint, new StopAt(3, stop), stop.Token));
        Assert.True(File.Exists(checkpoint));
        var steps = new StepsSeen();
        var resumed = Train(Quick, checkpoint, steps);

        Assert.Equal([0, 4, 5, 6, 7, 8], steps.Seen);
        Assert.Equal(Train(Quick).Package.Onnx, resumed.Package.Onnx);
    }

    [Fact]
    public void A_training_that_fails_behind_its_last_step_goes_on_from_there_until_the_checkpoint_is_removed()
    {
        Pictures.WriteTwoSocks(_temp.Path);
        var checkpoint = _temp.File("model.checkpoint");
        var first = Train(Quick, checkpoint);
        var steps = new StepsSeen();

        var again = Train(Quick, checkpoint, steps);
        new SockTrainer(Backbone(), Quick) { CheckpointPath = checkpoint }.RemoveCheckpoint();

        Assert.Equal([0], steps.Seen);
        Assert.Equal(first.Package.Onnx, again.Package.Onnx);
        Assert.False(File.Exists(checkpoint));
    }

    [Theory]
    [InlineData("other settings")]
    [InlineData("damaged")]
    public void A_checkpoint_that_does_not_fit_is_not_used(string what)
    {
        Pictures.WriteTwoSocks(_temp.Path);
        var checkpoint = _temp.File("model.checkpoint");
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => Train(what == "damaged" ? Quick : Quick with { Seed = 9 }, checkpoint, new StopAt(3, stop), stop.Token));
        if (what == "damaged")
            File.WriteAllBytes(checkpoint, [.. File.ReadAllBytes(checkpoint).SkipLast(1), 0]);
        var steps = new StepsSeen();

        _ = Train(Quick, checkpoint, steps);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], steps.Seen);
    }

    [Fact]
    public async Task A_full_disk_leaves_nothing_of_the_checkpoint_that_was_being_written()
    {
        Pictures.WriteTwoSocks(_temp.Path);
        using var apart = new TempFolder();
        await using var disk = await SmallDisk.MountAsync(apart.File("disk"), "1m");

        Assert.Throws<IOException>(() => Train(Quick, Path.Combine(disk.Folder, "model.checkpoint")));

        Assert.Empty(Directory.GetFiles(disk.Folder));
    }

    [Fact]
    public void A_learning_rate_that_is_far_too_high_is_an_error_not_a_model()
    {
        Pictures.WriteTwoSocks(_temp.Path);

        var error = Assert.Throws<TrainingException>(() => Train(Quick with { LearningRate = 10, HeadLearningRate = 10, Steps = 60 }));

        Assert.Matches(
            "^the loss of step [0-9]+ is far above that of guessing: the learning rate 10 is too high for these photos, try "
                + "a lower --learning-rate$",
            error.Message);
    }

    [Fact]
    public void What_was_trained_is_what_ONNX_Runtime_runs_on_every_photo()
    {
        var set = PhotoSet.OfFolder(Repository.Shared("data/sock-photos"));
        var options = new TrainingOptions { Steps = 4, Copies = 1, Threads = 2 };
        var (photos, skipped) = PhotoLoader.Load(set, options, _ => { }, TestContext.Current.CancellationToken);
        var plan = TrainingPlan.Make(set, photos, skipped, options);
        var start = new LinearHead(new float[plan.Classes.Count * 1280], new float[plan.Classes.Count]);

        var tuned = new FineTuner(Backbone(), plan, options).Run(start, checkpoint: null, _ => { }, TestContext.Current.CancellationToken);

        var images = new float[photos.Length * 3 * 224 * 224];
        for (var i = 0; i < photos.Length; i++)
            new Preprocessor(224).Fill(photos[i].Whole, images.AsSpan(i * 3 * 224 * 224, 3 * 224 * 224));
        var first = new GraphBlocks(tuned.Backbone.Proto.Graph).FirstNodeOf(8);
        using var frozen = new FrozenRunner(tuned.Backbone, first, options);
        using var torch = new TunedNetwork(tuned.Backbone, first, tuned.Head, options, TorchLibrary.Device("cpu"));
        using var layers = LayerNetwork.TryMake(tuned.Backbone, first, frozen.Shape, tuned.Head, options);
        var features = frozen.Run(images, photos.Length);
        float[][] ours = [torch.Embed(features), layers!.Embed(features)];
        using var backbone = new Backbone(tuned.Backbone, new InferenceOptions { Threads = 2 });
        Sample[] samples = [.. photos.Select((photo, index) => new Sample(photo.Class, index, -1))];
        var onnx = new EmbeddingExtractor(backbone, options, photos).Extract(samples, 0, _ => { }, TestContext.Current.CancellationToken);

        Assert.NotEqual(Backbone().ToBytes(), tuned.Backbone.ToBytes());
        Assert.All(ours, embeddings => Assert.All(onnx.Values, (value, index) => Assert.Equal(value, embeddings[index], 1e-4)));
    }

    private static OnnxModel Backbone() => OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx"));

    private TrainingResult Train(
        TrainingOptions options,
        string? checkpoint = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancel = default) =>
        new SockTrainer(Backbone(), options)
        {
            CheckpointPath = checkpoint,
            CheckpointEvery = TimeSpan.FromHours(1),
        }.Train(PhotoSet.OfFolder(_temp.Path), progress, cancel);

    private sealed class StopAt(int step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Stage == TrainingStage.Tuning && value.Done == step)
                stop.Cancel();
        }
    }

    private sealed class StepsSeen : IProgress<TrainingProgress>
    {
        public List<int> Seen { get; } = [];

        public void Report(TrainingProgress value)
        {
            if (value.Stage == TrainingStage.Tuning)
                Seen.Add(value.Done);
        }
    }
}
