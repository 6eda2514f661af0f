using SockSort.Dataset.Photos;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.Features;
using SockSort.Training.FineTuning;
using SockSort.Training.Graph;
using SockSort.Training.Head;
using SockSort.Training.Photos;
using SockSort.Training.Rejection;
using SockSort.Training.Validation;

namespace SockSort.Training.Trainer;

/// <summary>
/// Learns socks from photos: a head on changed copies' embeddings, then, step by step, the backbone's last blocks with it,
/// and out of both one ONNX model. <c>Blank</c> is learnt from painted backgrounds, and from photos where there are some.
/// </summary>
/// <param name="backbone">Input <c>image</c>, output <c>embedding</c>.</param>
/// <param name="options">Checked here.</param>
public sealed class SockTrainer(OnnxModel backbone, TrainingOptions options)
{
    /// <summary>
    /// Where an interrupted training goes on; null = it begins anew. Stays until <see cref="RemoveCheckpoint"/>. Default null.
    /// </summary>
    public string? CheckpointPath { get; init; }

    /// <summary>How often the checkpoint is written. Default 5 s.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Pictures that judge the model and that it does not learn from; null = those of <see cref="TrainingOptions.ValidationSplit"/>, and
    /// where that is 0 the photos in turn. Stays the caller's. Default null.
    /// </summary>
    public EvaluationSet? Validation { get; init; }

    /// <param name="set">What to learn.</param>
    /// <param name="progress">Told of every piece, from any thread; may be null.</param>
    /// <param name="cancel">Ends it between pieces.</param>
    /// <exception cref="TrainingException">
    /// Fewer than 2 classes have a readable photo, no photo is there to judge by, or the network cannot be trained here.
    /// </exception>
    /// <exception cref="EvaluationException">A label of the validation pictures may mean two classes.</exception>
    /// <exception cref="ModelException">The backbone cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingResult Train(PhotoSet set, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var (photos, skipped) = PhotoLoader.Load(set, options, done => Read(done), cancel);
        var (learnt, apart) = ValidationSplit.Part(photos, Validation is null ? options.ValidationSplit : 0, options.Seed);
        var plan = TrainingPlan.Make(set, learnt, skipped, options);
        var held = Validation is not null ? HeldOutPhotos.Of(Validation, plan, options, done => Read(set.PhotoCount + done), cancel)
            : options.ValidationSplit > 0 ? HeldOutPhotos.OfSplit(set, plan, apart, options.ValidationSplit) : null;
        // Before the long work: what is missing is said at once, and its way with memory holds from the start.
        var start = Folded();
        if (options.Blocks > 0)
            FineTuner.Require(start, options);
        var embedded = Embed(start, plan.Photos, plan.Samples, firstStream: 0, TrainingStage.Embedding, progress, cancel);
        var folds = held is null ? Check(plan, embedded, progress, cancel) : null;
        var losses = new List<double>();
        var head = Fit(embedded, plan, Enumerable.Range(0, embedded.Count).ToArray(), losses);
        var work = new Work(start, plan, head, held, progress, cancel);
        var notes = new List<string>();
        var (best, recipe) = options.Blocks == 0 ? (Judged(work, start, head, tuned: null), options) : TuneUntilGood(work, notes);
        progress?.Report(new(TrainingStage.Learning, 0, 1));
        if (!best.IsUsable)
            throw TrainingErrors.NothingGood(best.Describe(), recipe.LearningRate);
        var unknown = FitUnknown(work, best);
        var temperature = TemperatureOf(best, folds, held, unknown);
        var report = new TrainingReport(plan, recipe, backbone, CheckOf(work, best, folds, temperature, unknown))
        {
            Tuned = best.Tuned,
            Temperature = temperature,
            Unknown = unknown?.Estimate,
            Rejection = unknown is null ? RejectionThreshold.Choose(best.Fresh.Rows, plan.Background, temperature) : null,
            Pictures = embedded.Count,
            HeldOut = held,
            Learnt = best.Learnt,
            Notes = notes,
        };
        var result = report.Make(Whole(best, temperature, unknown?.Head)) with { Curves = Curves(losses, best.Tuned) };
        progress?.Report(new(TrainingStage.Learning, 1, 1));
        return result;

        void Read(int done) => progress?.Report(new(TrainingStage.Reading, done, set.PhotoCount + (Validation?.Pictures.Count ?? 0)));
    }

    /// <summary>
    /// Call when the package lies where it belongs: until then a training that fails behind its last step goes on from there.
    /// </summary>
    /// <exception cref="IOException">The file cannot be removed.</exception>
    public void RemoveCheckpoint()
    {
        if (CheckpointPath is not null)
            Checkpoint.Remove(CheckpointPath);
    }

    /// <summary>
    /// Tunes; where that made the model worse than its head alone, again with a smaller rate, and where no rate is good, takes the head
    /// alone: each in words.
    /// </summary>
    /// <returns>The best, and the settings that it came out of.</returns>
    private (Candidate Best, TrainingOptions Recipe) TuneUntilGood(Work work, List<string> notes)
    {
        Candidate? alone = null;
        for (var recipe = options; ;)
        {
            var tuned = Tune(work, recipe);
            var candidate = Judged(work, tuned.Backbone, tuned.Head, tuned);
            if (!candidate.IsDoubtful)
                return (candidate, recipe);
            alone ??= Judged(work, work.Start, work.Head, tuned: null);
            if (!candidate.IsWorseThan(alone))
                return (candidate, recipe);
            var next = RuinedTraining.Next(recipe);
            notes.Add(TrainingNotes.Ruined(recipe.LearningRate, candidate, alone, next?.LearningRate));
            if (next is null)
                return (alone, recipe with { Blocks = 0 });
            recipe = next;
        }
    }

    /// <summary>
    /// What the model says of the photos that it has learnt from, and of pictures that it has not: the photos that were held out first,
    /// where there are some.
    /// </summary>
    private Candidate Judged(Work work, OnnxModel network, LinearHead head, FineTuned? tuned)
    {
        var (tap, held) = (new FeatureTap(network, options.InputSize), work.Held?.Photos);
        var joined = tap.Joined();
        var own = EmbedFresh(joined, work.Plan.Photos, UnknownPictures.Of(work.Plan), UnknownPictures.FirstStream, work.Cancel);
        var apart = held is null
            ? null
            : EmbedFresh(joined, held, FreshPictures.OfHeldOut(held), FreshPictures.FirstStream, work.Cancel);
        var (photos, embedding) = (FreshPictures.Learnt(work.Plan.Photos).Length, tap.Values[^1]);
        var judging = photos..(photos + FreshPictures.OfLearnt(work.Plan.Photos).Length);
        return new Candidate(
            network, head, tuned, FreshPictures.Score(own, embedding, ..photos, head),
            FreshPictures.Score(apart ?? own, embedding, apart is null ? judging : .., head))
        {
            Values = tap.Values,
            Own = own,
            Apart = apart,
        };
    }

    /// <summary>The output <c>unknown</c> of the network as it is now; null where the photos do not say it.</summary>
    private FittedUnknown? FitUnknown(Work work, Candidate best)
    {
        var fit = new UnknownFit(work.Plan, best.Own, best.Values, options.Threads);
        return fit.Run(best.Apart?.First(work.Held!.Photos.Count), work.Held?.Labels ?? []) is { } found
            ? found with { Copies = CopiesOf(best.Own, best.Values[^1], best.Head) }
            : null;
    }

    private EmbeddedSet EmbedFresh(
        OnnxModel joined, IReadOnlyList<TrainingPhoto> photos, IReadOnlyList<Sample> samples, int firstStream, CancellationToken cancel) =>
        Embed(joined, photos, samples, firstStream, TrainingStage.Learning, progress: null, cancel);

    /// <summary>Scores of the changed copies among the pictures.</summary>
    private static HeldOutLogits CopiesOf(EmbeddedSet set, TappedValue embedding, LinearHead head)
    {
        var logits = new HeldOutLogits();
        for (var row = 0; row < set.Count; row++)
        {
            if (set.IsCopy[row] && set.Photos[row] >= 0)
                logits.Add(head, set.Row(row).Slice(embedding.First, embedding.Width), set.Classes[row]);
        }
        return logits;
    }

    /// <summary>
    /// Where the model tells unknown socks by an output of its own, its probabilities need only say which of the classes it is: how sure
    /// it is of pictures that it was not taught by is made how often it is right. Else they must be unsure of socks of no class, too.
    /// </summary>
    private static double TemperatureOf(Candidate best, CrossValidation? folds, HeldOutPhotos? held, FittedUnknown? unknown)
    {
        if (best.Tuned is null && held is null)
            return folds?.Temperature ?? 1;
        if (unknown is null)
            return best.Fresh.BestTemperature();
        return (held is null ? unknown.Copies : best.Fresh).TemperatureByShareRight();
    }

    private static TrainingCheck CheckOf(
        Work work, Candidate best, CrossValidation? folds, double temperature, FittedUnknown? unknown)
    {
        if (work.Held is not null)
            return TrainingCheck.Of(work.Held, best.Fresh, temperature, unknown?.Held);
        if (best.Tuned is not null)
            return TrainingCheck.OfLearnt(work.Plan, work.FreshSamples(), best.Learnt, best.Fresh, temperature, folds);
        return folds is null ? TrainingCheck.None : TrainingCheck.Of(work.Plan, folds);
    }

    private static OnnxModel Whole(Candidate best, double temperature, UnknownHead? unknown)
    {
        var model = best.Head.Sharpened(temperature).AppendTo(best.Network);
        model = unknown?.AppendTo(model) ?? model;
        FiniteWeights.Require(model);
        return model;
    }

    private OnnxModel Folded()
    {
        var folded = backbone.Copy();
        BatchNormFolding.Fold(folded.Proto.Graph);
        return folded;
    }

    private EmbeddedSet Embed(
        OnnxModel model, IReadOnlyList<TrainingPhoto> photos, IReadOnlyList<Sample> samples, int firstStream, TrainingStage stage,
        IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        // One thread a run and several runs at once: faster than several threads on one run.
        using var frozen = new Backbone(model, new InferenceOptions { Threads = 1 });
        return new EmbeddingExtractor(frozen, options, photos).Extract(
            samples, firstStream, done => progress?.Report(new(stage, done, samples.Count)), cancel);
    }

    private CrossValidation? Check(TrainingPlan plan, EmbeddedSet set, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var done = 0;
        return CrossValidation.Run(set, [.. plan.Photos.Select(photo => (photo.Class, photo.Sha256))], options.Threads, (rows, folds) =>
        {
            cancel.ThrowIfCancellationRequested();
            var head = Fit(set, plan, rows);
            progress?.Report(new(TrainingStage.Checking, Interlocked.Increment(ref done), folds));
            return head;
        });
    }

    private LinearHead Fit(EmbeddedSet set, TrainingPlan plan, IReadOnlyList<int> rows, ICollection<double>? losses = null) =>
        SoftmaxRegression.Fit(set, rows, plan.Classes.Count, options.L2, options.LabelSmoothing, losses);

    private static IReadOnlyList<Chart> Curves(List<double> headLosses, FineTuned? tuned)
    {
        var head = new Chart("Loss of the head", "point tried", "cross-entropy and L2", [LineOf(headLosses)]);
        return tuned is null
            ? [head]
            : [head, new Chart("Loss of fine-tuning", "step", "cross-entropy", [LineOf(tuned.Losses.Select(loss => (double)loss))])];
    }

    private static ChartLine LineOf(IEnumerable<double> losses) =>
        new("loss", [.. losses.Index().Select(loss => (loss.Index + 1.0, loss.Item))]);

    private FineTuned Tune(Work work, TrainingOptions recipe)
    {
        var steps = recipe.StepsFor(work.Plan.Photos.Count);
        var checkpoint = CheckpointPath is null
            ? null
            : new Checkpoint(CheckpointPath, KeyOf(work.Plan, recipe), CheckpointEvery, TimeProvider.System);
        work.Progress?.Report(new(TrainingStage.Tuning, 0, steps));
        return new FineTuner(work.Start, work.Plan, recipe)
            .Run(work.Head, checkpoint, done => work.Progress?.Report(new(TrainingStage.Tuning, done, steps)), work.Cancel);
    }

    private byte[] KeyOf(TrainingPlan plan, TrainingOptions recipe) => Checkpoint.KeyOf(
        $"{typeof(SockTrainer).Assembly.GetName().Version}", $"{recipe} {recipe.StepsFor(plan.Photos.Count)}", $"{recipe.Augmentation}",
        PhotoLoader.HashOf(plan.Photos),
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(backbone.ToBytes())));

    /// <summary>What all tries of a training have in common.</summary>
    private sealed record Work(
        OnnxModel Start, TrainingPlan Plan, LinearHead Head, HeldOutPhotos? Held, IProgress<TrainingProgress>? Progress,
        CancellationToken Cancel)
    {
        public Sample[] FreshSamples() =>
            Held is null ? FreshPictures.OfLearnt(Plan.Photos) : FreshPictures.OfHeldOut(Held.Photos);
    }
}
