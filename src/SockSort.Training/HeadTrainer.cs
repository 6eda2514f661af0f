using SockSort.Dataset.Photos;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training.Evaluation.Report;
using SockSort.Training.Features;
using SockSort.Training.Head;
using SockSort.Training.Photos;

namespace SockSort.Training;

/// <summary>
/// Learns socks on a backbone that stays as it is: changed copies of the photos, their embeddings, a softmax regression,
/// and out of it one ONNX model. <c>Blank</c> is learnt from painted backgrounds, and from photos where there are some.
/// </summary>
/// <param name="backbone">Input <c>image</c>, output <c>embedding</c>.</param>
/// <param name="options">Checked here.</param>
public sealed class HeadTrainer(OnnxModel backbone, TrainingOptions options)
{
    /// <param name="set">What to learn.</param>
    /// <param name="progress">Told of every piece, from any thread; may be null.</param>
    /// <param name="cancel">Ends it between pieces.</param>
    /// <exception cref="TrainingException">Fewer than 2 classes have a readable photo.</exception>
    /// <exception cref="ModelException">The backbone cannot be used.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingResult Train(PhotoSet set, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        options.Check();
        var (photos, skipped) = PhotoLoader.Load(set, options, done => progress?.Report(new(TrainingStage.Reading, done, set.PhotoCount)), cancel);
        var plan = TrainingPlan.Make(set, photos, skipped, options);
        var embedded = Embed(plan, progress, cancel);
        var check = Check(plan, embedded, progress, cancel);

        progress?.Report(new(TrainingStage.Learning, 0, 1));
        var losses = new List<double>();
        var head = Fit(embedded, plan, Enumerable.Range(0, embedded.Count).ToArray(), losses).Sharpened(check?.Temperature ?? 1);
        var result = new TrainingReport(plan, options, backbone, check, embedded.Count).Make(head.AppendTo(backbone)) with { Curves = [CurveOf(losses)] };
        progress?.Report(new(TrainingStage.Learning, 1, 1));
        return result;
    }

    private EmbeddedSet Embed(TrainingPlan plan, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        // One thread a run and several runs at once: faster than several threads on one run.
        using var frozen = new Backbone(backbone, new InferenceOptions { Threads = 1 });
        return new EmbeddingExtractor(frozen, options, plan.Photos).Extract(
            plan.Samples, done => progress?.Report(new(TrainingStage.Embedding, done, plan.Samples.Count)), cancel);
    }

    private CrossValidation? Check(TrainingPlan plan, EmbeddedSet set, IProgress<TrainingProgress>? progress, CancellationToken cancel)
    {
        var done = 0;
        return CrossValidation.Run(set, [.. plan.Photos.Select(photo => photo.Class)], (rows, folds) =>
        {
            cancel.ThrowIfCancellationRequested();
            var head = Fit(set, plan, rows);
            progress?.Report(new(TrainingStage.Checking, ++done, folds));
            return head;
        });
    }

    private LinearHead Fit(EmbeddedSet set, TrainingPlan plan, IReadOnlyList<int> rows, ICollection<double>? losses = null) =>
        SoftmaxRegression.Fit(set, rows, plan.Classes.Count, options.L2, options.LabelSmoothing, losses);

    private static Chart CurveOf(List<double> losses) =>
        new("Loss of the head", "point tried", "cross-entropy and L2", [new ChartLine("loss", [.. losses.Index().Select(loss => (loss.Index + 1.0, loss.Item))])]);
}
