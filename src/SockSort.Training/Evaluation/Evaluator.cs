using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Package;
using SockSort.Training.Photos;

namespace SockSort.Training.Evaluation;

/// <summary>Puts pictures before a model as the camera's loop does, one after the other on each core, and notes what it says.</summary>
/// <param name="package">Is judged.</param>
/// <param name="threads">Pictures at one time, 1 to 64.</param>
public sealed class Evaluator(ModelPackage package, int threads)
{
    private readonly LabelMatcher _labels = new(package.Labels);

    /// <param name="set">What to judge by.</param>
    /// <param name="done">Told how many pictures are done, from any thread; may be null.</param>
    /// <param name="cancel">Ends it between two pictures.</param>
    /// <returns>The figures, and the pictures that could not be read.</returns>
    /// <exception cref="EvaluationException">No picture can be read, or a label is ambiguous.</exception>
    /// <exception cref="ModelException">ONNX Runtime refuses the model.</exception>
    public (EvaluationResult Result, IReadOnlyList<SkippedPhoto> Skipped) Evaluate(
        EvaluationSet set, Action<int>? done, CancellationToken cancel)
    {
        int[] truths = [.. set.Pictures.Select(picture => _labels.Find(picture.Label))];
        var judgements = new Judgement?[set.Pictures.Count];
        var skipped = new SkippedPhoto?[set.Pictures.Count];
        // One thread a run and several runs at once: faster than several threads on one run.
        using var model = new ClassifierModel(package, new InferenceOptions { Threads = 1 });
        var count = 0;
        ParallelWork.Run(() =>
            Parallel.For(0, judgements.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
                () => new Classifier(model),
                (index, _, classifier) =>
                {
                    (judgements[index], skipped[index]) = Judge(classifier, set.Pictures[index], truths[index]);
                    done?.Invoke(Interlocked.Increment(ref count));
                    return classifier;
                },
                classifier => classifier.Dispose()));
        SkippedPhoto[] unread = [.. set.Missing, .. skipped.OfType<SkippedPhoto>()];
        Judgement[] judged = [.. judgements.OfType<Judgement>()];
        return judged.Length > 0
            ? (new EvaluationResult(package.Labels, judged, package.Card.Temperature, RejectionRule.Of(package.Card)), unread)
            : throw EvaluationErrors.NothingReadable(unread);
    }

    private (Judgement?, SkippedPhoto?) Judge(Classifier classifier, EvaluationPicture picture, int truth)
    {
        try
        {
            var frame = PictureReader.Read(picture.Read(), picture.Name);
            var said = classifier.Classify(frame);
            return (new Judgement
            {
                Name = picture.Name,
                Label = picture.Label,
                Truth = truth,
                Probabilities = classifier.Probabilities.ToArray(),
                Unknown = said.Unknown,
                Brightness = BrightnessOf(frame),
            }, null);
        }
        catch (PictureException error)
        {
            return (null, new SkippedPhoto(picture.Name, error.Reason));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, new SkippedPhoto(picture.Name, error.Message));
        }
    }

    private static double BrightnessOf(Frame frame)
    {
        // Every 16th value is enough, and steps through all three colours.
        long sum = 0, count = 0;
        for (var at = 0; at < frame.Rgb.Length; at += 16, count++)
            sum += frame.Rgb[at];
        return sum / (255.0 * count);
    }
}
