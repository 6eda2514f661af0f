using SockSort.Imaging;
using SockSort.Imaging.Kernels;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Training.Augmentation;
using SockSort.Training.Photos;

namespace SockSort.Training.Features;

/// <summary>Makes the pictures and sends them through the frozen backbone, on several cores at once.</summary>
internal sealed class EmbeddingExtractor(Backbone backbone, TrainingOptions options, IReadOnlyList<TrainingPhoto> photos)
{
    // Of three pictures the activations stay in a core's cache; six take a tenth longer each.
    private const int BatchSize = 3;

    private readonly PhotoPyramid[] _scenes = [.. photos.Select(photo => photo.Pyramid)];

    /// <summary>Embeds all samples. The result does not depend on the number of threads.</summary>
    /// <param name="samples">In the order of the result.</param>
    /// <param name="firstStream">Which of chance's sequences the first sample has; the others follow.</param>
    /// <param name="embedded">Told the number of samples that are done, from any thread.</param>
    /// <param name="cancel">Ends it between batches.</param>
    /// <exception cref="TrainingException">There are more samples than one array of embeddings holds.</exception>
    /// <exception cref="ModelException">The backbone takes other pictures, or ONNX Runtime refuses it.</exception>
    public EmbeddedSet Extract(IReadOnlyList<Sample> samples, int firstStream, Action<int> embedded, CancellationToken cancel)
    {
        var width = backbone.EmbeddingLength;
        var most = Array.MaxLength / width;
        if (samples.Count > most)
            throw TrainingErrors.TooManyPictures(samples.Count, most);
        var (values, seen) = (new float[samples.Count * width], new int[samples.Count]);
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel };
        using var workers = new ThreadLocal<Worker>(() => new Worker(this, backbone, options), trackAllValues: true);
        try
        {
            ParallelWork.Run(() => Parallel.For(0, (samples.Count + BatchSize - 1) / BatchSize, limits, batch =>
            {
                var first = batch * BatchSize;
                var count = Math.Min(BatchSize, samples.Count - first);
                workers.Value!.Embed(samples, first, count, firstStream, values.AsSpan(first * width, count * width), seen);
                embedded(Interlocked.Add(ref done, count));
            }));
        }
        finally
        {
            foreach (var worker in workers.Values)
                worker.Dispose();
        }
        return new EmbeddedSet(width, values, [.. samples.Select(sample => sample.Class)], [.. samples.Select(sample => sample.Photo)],
            [.. samples.Select(sample => sample.Copy >= 0)], seen);
    }

    private sealed class Worker(EmbeddingExtractor source, Backbone backbone, TrainingOptions options) : IDisposable
    {
        private readonly EmbeddingBatch _batch = backbone.CreateBatch(BatchSize, options.InputSize);
        private readonly SamplePainter _painter = new(source._scenes, options);
        private readonly Preprocessor _preprocessor = new(options.InputSize);

        public void Embed(IReadOnlyList<Sample> samples, int first, int count, int firstStream, Span<float> values, int[] seen)
        {
            for (var i = 0; i < count; i++)
                seen[first + i] = Prepare(samples[first + i], firstStream + first + i, _batch.Image(i));
            _batch.Run();
            for (var i = 0; i < count; i++)
                _batch.Embedding(i).CopyTo(values[(i * backbone.EmbeddingLength)..]);
        }

        public void Dispose() => _batch.Dispose();

        private int Prepare(Sample sample, int stream, Span<float> image)
        {
            var seen = sample.Copy < 0 ? sample.Photo : _painter.Paint(sample, stream);
            _preprocessor.Fill(sample.Copy < 0 ? source.Whole(sample) : _painter.Picture, image);
            return seen;
        }
    }

    private Frame Whole(Sample sample) => photos[sample.Photo].Whole;
}
