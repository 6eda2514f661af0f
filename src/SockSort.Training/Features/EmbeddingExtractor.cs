using SockSort.Imaging;
using SockSort.Imaging.Kernels;
using SockSort.Models.Inference;
using SockSort.Training.Augmentation;
using SockSort.Training.Photos;

namespace SockSort.Training.Features;

/// <summary>Makes the pictures and sends them through the frozen backbone, on several cores at once.</summary>
internal sealed class EmbeddingExtractor(Backbone backbone, TrainingOptions options, IReadOnlyList<TrainingPhoto> photos)
{
    // Large enough to fill the matrix kernels, small enough that activations stay below 100 MB a thread.
    private const int BatchSize = 6;

    private readonly PhotoPyramid[] _scenes = [.. photos.Select(photo => photo.Pyramid)];
    private readonly ThreadLocal<Worker> _workers = new(() => new Worker(backbone, options), trackAllValues: true);

    /// <summary>Embeds all samples. The result does not depend on the number of threads.</summary>
    /// <param name="samples">In the order of the result.</param>
    /// <param name="firstStream">Which of chance's sequences the first sample has; the others follow.</param>
    /// <param name="embedded">Told the number of samples that are done, from any thread.</param>
    /// <param name="cancel">Ends it between batches.</param>
    public EmbeddedSet Extract(IReadOnlyList<Sample> samples, int firstStream, Action<int> embedded, CancellationToken cancel)
    {
        var width = backbone.EmbeddingLength;
        var values = new float[samples.Count * width];
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel };
        try
        {
            Parallel.For(0, (samples.Count + BatchSize - 1) / BatchSize, limits, batch =>
            {
                var first = batch * BatchSize;
                var count = Math.Min(BatchSize, samples.Count - first);
                _workers.Value!.Embed(samples, first, count, firstStream, this, values.AsSpan(first * width, count * width));
                embedded(Interlocked.Add(ref done, count));
            });
        }
        finally
        {
            foreach (var worker in _workers.Values)
                worker.Dispose();
            _workers.Dispose();
        }
        return new EmbeddedSet(width, values, [.. samples.Select(sample => sample.Class)], [.. samples.Select(sample => sample.Photo)],
            [.. samples.Select(sample => sample.Copy >= 0)]);
    }

    private Frame Whole(Sample sample) => photos[sample.Photo].Whole;

    private sealed class Worker(Backbone backbone, TrainingOptions options) : IDisposable
    {
        private readonly EmbeddingBatch _batch = backbone.CreateBatch(BatchSize, options.InputSize);
        private readonly Augmenter _augmenter = new(options.InputSize, options.Augmentation);
        private readonly Preprocessor _preprocessor = new(options.InputSize);
        private readonly Frame _picture = new(options.InputSize, options.InputSize);

        public void Embed(IReadOnlyList<Sample> samples, int first, int count, int firstStream, EmbeddingExtractor source, Span<float> values)
        {
            for (var i = 0; i < count; i++)
                Prepare(samples[first + i], firstStream + first + i, source, _batch.Image(i));
            _batch.Run();
            for (var i = 0; i < count; i++)
                _batch.Embedding(i).CopyTo(values[(i * backbone.EmbeddingLength)..]);
        }

        public void Dispose() => _batch.Dispose();

        private void Prepare(Sample sample, int number, EmbeddingExtractor source, Span<float> image) =>
            _preprocessor.Fill(sample.Copy < 0 ? source.Whole(sample) : Change(sample, number, source), image);

        private Frame Change(Sample sample, int number, EmbeddingExtractor source)
        {
            var random = new SampleRandom(options.Seed, number);
            if (sample.Photo == Sample.Foreign)
                _augmenter.PaintForeign(source._scenes, random, _picture);
            else if (sample.Photo == Sample.Background)
                _augmenter.PaintBlank(source._scenes, random, _picture);
            else
                _augmenter.Augment(source._scenes[sample.Photo], random, _picture);
            return _picture;
        }
    }
}
