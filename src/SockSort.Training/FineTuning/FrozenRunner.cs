using SockSort.Models.Onnx;
using SockSort.Training.Graph;

namespace SockSort.Training.FineTuning;

/// <summary>Sends a batch through the frozen part on all cores.</summary>
internal sealed class FrozenRunner : IDisposable
{
    // A core works on three pictures at a time: their activations stay in its cache.
    private const int Chunk = 3;

    private readonly FrozenPart? _part;
    private readonly int _side;
    private readonly ParallelOptions _limits;
    private float[] _features = [];

    /// <param name="model">The backbone.</param>
    /// <param name="firstTuned">The first tuned node; 0 = nothing is frozen.</param>
    /// <param name="options">Size and cores.</param>
    public FrozenRunner(OnnxModel model, int firstTuned, TrainingOptions options)
    {
        (_side, _limits) = (options.InputSize, new ParallelOptions { MaxDegreeOfParallelism = options.Threads });
        _part = firstTuned == 0 ? null : new FrozenPart(model, firstTuned, threads: 1, _side);
    }

    /// <summary>C, H, W of what comes out for one picture.</summary>
    public IReadOnlyList<long> Shape => _part?.Shape ?? [3, _side, _side];

    /// <param name="images">Pictures one after another.</param>
    /// <param name="count">How many.</param>
    /// <returns>Until the next run.</returns>
    public FeatureBatch Run(float[] images, int count)
    {
        if (_part is null)
            return new FeatureBatch(images, count, Shape);
        if (_features.Length < count * _part.Length)
            _features = new float[count * _part.Length];
        ParallelWork.Run(() => Parallel.For(0, (count + Chunk - 1) / Chunk, _limits, chunk =>
        {
            var first = chunk * Chunk;
            _part.Run(images, first, Math.Min(Chunk, count - first), _features.AsSpan(first * _part.Length));
        }));
        return new FeatureBatch(_features, count, Shape);
    }

    public void Dispose() => _part?.Dispose();
}
