using System.Numerics.Tensors;

namespace SockSort.Models.Learnt;

/// <summary>A sock that is known by a few frames alone, as one model sees them.</summary>
internal sealed class LearntSock
{
    // A frame that was not shown is further from those shown than they are from each other; more takes other socks' frames.
    private const double Slack = 2;

    // Of the way to what else there is: frames of known socks that are like this one lie beyond.
    private const double Part = 0.6;

    private readonly float[][] _frames;

    /// <param name="label">As it is told.</param>
    /// <param name="frames">Directions of the shown frames, at least one; each of length 1.</param>
    /// <param name="others">Directions of frames of everything else; each of length 1.</param>
    public LearntSock(string label, float[][] frames, IReadOnlyList<float[]> others)
    {
        (Label, _frames) = (label, frames);
        Bound = BoundOf(frames, others);
    }

    public string Label { get; }

    /// <summary>Cosine distance, 0..2, beyond which a frame is not of this sock.</summary>
    public double Bound { get; }

    /// <returns>Cosine distance to the nearest of the shown frames, 0..2.</returns>
    public double DistanceTo(ReadOnlySpan<float> direction) => Nearest(_frames, direction);

    /// <returns>The least cosine distance, 0..2; 2 where there is none.</returns>
    public static double Nearest(IEnumerable<float[]> directions, ReadOnlySpan<float> to)
    {
        var most = -1f;
        foreach (var direction in directions)
            most = Math.Max(most, TensorPrimitives.Dot(direction, to));
        return 1 - most;
    }

    private static double BoundOf(float[][] frames, IReadOnlyList<float[]> others)
    {
        var apart = Part * frames.Min(frame => Nearest(others, frame));
        if (frames.Length == 1)
            return apart;
        var together = frames.Max(frame => Nearest(frames.Where(other => other != frame), frame));
        return Math.Min(Slack * together, apart);
    }
}
