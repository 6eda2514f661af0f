using SockSort.Models.Onnx;
using SockSort.Training.Graph;
using static TorchSharp.torch;

namespace SockSort.Training.FineTuning;

/// <summary>Sends a batch through the frozen part on all cores and hands it to torch.</summary>
internal sealed class FrozenRunner : IDisposable
{
    // A core works on three pictures at a time: their activations stay in its cache.
    private const int Chunk = 3;

    private readonly FrozenPart? _part;
    private readonly int _side;
    private readonly Device _device;
    private readonly ParallelOptions _limits;

    /// <param name="model">The backbone.</param>
    /// <param name="firstTuned">The first tuned node; 0 = nothing is frozen.</param>
    /// <param name="options">Size and cores.</param>
    /// <param name="device">Where torch computes.</param>
    public FrozenRunner(OnnxModel model, int firstTuned, TrainingOptions options, Device device)
    {
        _device = device;
        (_side, _limits) = (options.InputSize, new ParallelOptions { MaxDegreeOfParallelism = options.Threads });
        _part = firstTuned == 0 ? null : new FrozenPart(model, firstTuned, threads: 1, _side);
    }

    /// <param name="images">Pictures one after another.</param>
    /// <param name="count">How many.</param>
    /// <returns>N x C x H x W; the caller's.</returns>
    public Tensor Run(float[] images, int count)
    {
        if (_part is null)
            return There(tensor(images.AsMemory(0, count * 3 * _side * _side), [count, 3, _side, _side]));
        var features = FloatTensors.New([count, .. _part.Shape]);
        ParallelWork.Run(() => Parallel.For(0, (count + Chunk - 1) / Chunk, _limits, chunk =>
        {
            var first = chunk * Chunk;
            _part.Run(images, first, Math.Min(Chunk, count - first), features.Numbers()[(first * _part.Length)..]);
        }));
        return There(features);
    }

    public void Dispose() => _part?.Dispose();

    private Tensor There(Tensor here)
    {
        using (here)
            return here.to(_device).alias();
    }
}
