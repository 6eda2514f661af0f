using SockSort.Training.Augmentation;
using SockSort.Training.Features;

namespace SockSort.Training.FineTuning;

/// <summary>
/// Which pictures are in which step: photos in shuffled rounds, so that each is seen as often as any other, painted backgrounds, and socks
/// that are none of the classes.
/// </summary>
/// <remarks>A step's pictures follow from the seed and its number alone: a run that goes on later sees the same.</remarks>
internal sealed class BatchPlan
{
    // Apart from the numbers of all other pictures and of the dropout.
    private const int RoundStream = 1 << 28;

    private readonly TrainingPlan _plan;
    private readonly int _seed;
    private readonly int _size;
    private readonly int _painted;
    private readonly int _foreign;

    public BatchPlan(TrainingPlan plan, TrainingOptions options)
    {
        (_plan, _seed, _size) = (plan, options.Seed, options.MiniBatchSize);
        _foreign = Math.Min((int)Math.Round(_size * options.Foreign), _size - 2);
        _painted = Math.Clamp((int)Math.Round((double)(_size - _foreign) / plan.Classes.Count), 1, _size - _foreign - 1);
    }

    /// <summary>Photos in one step; the rest of it is painted.</summary>
    public int Photos => _size - _painted - _foreign;

    /// <param name="step">From 0.</param>
    public IReadOnlyList<Sample> Of(int step)
    {
        var samples = new List<Sample>(_size);
        int[]? round = null;
        var number = -1L;
        for (var place = (long)step * Photos; place < (step + 1L) * Photos; place++)
        {
            if (place / _plan.Photos.Count != number)
                round = Shuffle(number = place / _plan.Photos.Count);
            var photo = round![place % _plan.Photos.Count];
            samples.Add(new Sample(_plan.Photos[photo].Class, photo, (int)number));
        }
        for (var i = 0; i < _painted; i++)
            samples.Add(new Sample(_plan.Background, Sample.Background, step));
        for (var i = 0; i < _foreign; i++)
            samples.Add(new Sample(Targets.None, Sample.Foreign, step));
        return samples;
    }

    private int[] Shuffle(long round)
    {
        var random = new SampleRandom(_seed, RoundStream + (int)round);
        int[] order = [.. Enumerable.Range(0, _plan.Photos.Count)];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
        return order;
    }
}
