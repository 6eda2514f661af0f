using System.Collections.Concurrent;
using System.Diagnostics;
using SockSort.Imaging.Kernels;
using SockSort.Training.Augmentation;
using SockSort.Training.Features;
using SockSort.Training.Photos;

namespace SockSort.Training.FineTuning;

/// <summary>One step's pictures, ready for the network.</summary>
/// <param name="Samples">What each is.</param>
/// <param name="Images">One after another, each <c>[3, S, S]</c>.</param>
internal sealed record PictureBatch(IReadOnlyList<Sample> Samples, float[] Images);

/// <summary>Makes the pictures of the steps to come on a thread of its own, a few steps ahead.</summary>
internal sealed class PictureQueue : IDisposable
{
    private const int Ahead = 3;

    // Apart from the copies that the head is started with.
    private const int FirstStream = 1 << 24;

    private readonly BlockingCollection<PictureBatch> _ready = new(Ahead);
    private readonly ConcurrentBag<float[]> _spare = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly BatchPlan _plan;
    private readonly TrainingOptions _options;
    private readonly PhotoPyramid[] _photos;
    private readonly Thread _thread;
    private Exception? _failure;

    /// <param name="plan">Says what is in a step.</param>
    /// <param name="photos">What it is made from.</param>
    /// <param name="options">Seed, size, augmentation.</param>
    /// <param name="firstStep">Where to begin.</param>
    /// <param name="steps">Where to end, not included.</param>
    public PictureQueue(BatchPlan plan, IReadOnlyList<TrainingPhoto> photos, TrainingOptions options, int firstStep, int steps)
    {
        (_plan, _options, _photos) = (plan, options, [.. photos.Select(photo => photo.Pyramid)]);
        _thread = new Thread(() => Run(firstStep, steps)) { IsBackground = true, Name = "augmentation" };
        _thread.Start();
    }

    /// <summary>Time spent on pictures, by the thread that makes them.</summary>
    public TimeSpan Busy { get; private set; }

    /// <summary>Time that <see cref="Take"/> waited.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The next step's pictures; give them back when done.</summary>
    public PictureBatch Take(CancellationToken cancel)
    {
        var clock = Stopwatch.GetTimestamp();
        try
        {
            return _ready.Take(cancel);
        }
        catch (InvalidOperationException) when (_failure is { } failure)
        {
            throw new InvalidOperationException($"a picture could not be made ({failure.Message})", failure);
        }
        finally
        {
            Waited += Stopwatch.GetElapsedTime(clock);
        }
    }

    public void GiveBack(PictureBatch batch) => _spare.Add(batch.Images);

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Run(int firstStep, int steps)
    {
        try
        {
            var painter = new SamplePainter(_photos, _options);
            var preprocessor = new Preprocessor(_options.InputSize);
            for (var step = firstStep; step < steps; step++)
            {
                var clock = Stopwatch.GetTimestamp();
                var batch = Make(step, painter, preprocessor);
                Busy += Stopwatch.GetElapsedTime(clock);
                _ready.Add(batch, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the rest.
        }
        catch (Exception error)
        {
            _failure = error;
        }
        _ready.CompleteAdding();
    }

    private PictureBatch Make(int step, SamplePainter painter, Preprocessor preprocessor)
    {
        var samples = _plan.Of(step);
        if (!_spare.TryTake(out var images))
            images = new float[samples.Count * preprocessor.TensorLength];
        for (var i = 0; i < samples.Count; i++)
        {
            _ = painter.Paint(samples[i], FirstStream + step * samples.Count + i);
            preprocessor.Fill(painter.Picture, images.AsSpan(i * preprocessor.TensorLength, preprocessor.TensorLength));
        }
        return new PictureBatch(samples, images);
    }
}
