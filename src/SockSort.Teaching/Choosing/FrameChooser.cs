using System.Numerics.Tensors;
using SockSort.Imaging;

namespace SockSort.Teaching.Choosing;

/// <summary>
/// Chooses, among the frames of somebody who shows one sock, a few that are sharp and differ from each other, and says what to do to get
/// the others.
/// </summary>
/// <remarks>
/// A frame is taken when none of those taken is nearer to it than a bound, by the angle of their embeddings (greedy k-centres, Gonzalez
/// 1985). The bound gives way while nothing new comes, so that a sock that is held still is learnt, too, from frames that differ little.
/// </remarks>
public sealed class FrameChooser(ChooserOptions options)
{
    private readonly List<ShownFrame> _taken = [];
    private double _sharpest;
    private double _tooAlike = options.TooAlike;
    private int _sinceTaken;

    /// <summary>The frames taken, in the order in which they came.</summary>
    public IReadOnlyList<Frame> Taken => [.. _taken.Select(shown => shown.Picture)];

    /// <summary>How many were taken.</summary>
    public int Count => _taken.Count;

    /// <summary>Whether there are as many as were asked for.</summary>
    public bool IsEnough => _taken.Count >= options.Wanted;

    /// <summary>Frames looked at.</summary>
    public int Seen { get; private set; }

    /// <summary>Looks at the next frame, and takes it or not.</summary>
    public Advice Look(ShownFrame shown)
    {
        if (IsEnough)
            return Advice.Enough;
        Seen++;
        if (!options.IsBackground && shown.Blank is { } blank && blank > options.Empty)
            return Advice.ShowIt;
        // What was sharp long ago may have been a better light.
        _sharpest = Math.Max(_sharpest * options.SharpestFades, shown.Sharpness);
        if (shown.Sharpness < _sharpest * options.Blurred)
            return Advice.HoldStill;
        var nearest = NearestTo(shown, out var likeness);
        if (nearest >= 0 && likeness > _tooAlike)
            return Resemble(shown, nearest);
        _taken.Add(shown);
        _sinceTaken = 0;
        return IsEnough ? Advice.Enough : Advice.Taken;
    }

    private Advice Resemble(ShownFrame shown, int nearest)
    {
        if (shown.Sharpness > _taken[nearest].Sharpness * options.Sharper)
            _taken[nearest] = shown;
        if (++_sinceTaken % options.Patience == 0)
            _tooAlike = 1 - ((1 - _tooAlike) * options.GivesWay);
        return shown.Blank > options.Far ? Advice.Closer : Advice.TurnIt;
    }

    private int NearestTo(ShownFrame shown, out double likeness)
    {
        (var nearest, likeness) = (-1, double.NegativeInfinity);
        for (var index = 0; index < _taken.Count; index++)
        {
            var alike = TensorPrimitives.CosineSimilarity(_taken[index].Embedding, shown.Embedding);
            if (alike > likeness)
                (nearest, likeness) = (index, alike);
        }
        return nearest;
    }
}
