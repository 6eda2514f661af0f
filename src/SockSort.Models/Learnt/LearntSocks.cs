using System.Numerics.Tensors;

namespace SockSort.Models.Learnt;

/// <summary>
/// Tells socks that no model has learnt yet, by the nearest of a few embeddings: a frame is of such a sock where it is much nearer to the
/// frames that were shown of it than to those of anything else, and not further than a bound that comes from how near these lie to each
/// other. Does not change; safe for several threads.
/// </summary>
/// <remarks>Embeddings are compared by their direction, as those of a showing are chosen.</remarks>
public sealed class LearntSocks
{
    // Lowe, "Distinctive image features from scale-invariant keypoints", 2004: the nearest one counts where the next one is far. He takes
    // 0.8 of distances, of which these are half the square. Lower misses frames of the sock; higher takes those of known ones like it.
    private const double FarApart = 0.4;

    // Of 'unknown'. Frames of known socks are mostly below; where the model is as sure of the shown ones, these may as well be of a known
    // sock, whose frames the new one would take.
    private const double LeastUnknown = 0.15;

    // Share of the shown frames that may be below by chance.
    private const double Surer = 0.25;

    // Cosine distance, for models that do not say 'unknown': that far lie frames of a known sock from its photos.
    private const double Alike = 0.2;

    private readonly float[][] _others;
    private readonly LearntSock[] _socks;

    private LearntSocks(float[][] others, LearntSock[] socks) => (_others, _socks) = (others, socks);

    /// <summary>No sock.</summary>
    public static LearntSocks None { get; } = new([], []);

    /// <summary>The labels, in the order in which they were learnt.</summary>
    public IReadOnlyList<string> Labels => [.. _socks.Select(sock => sock.Label)];

    /// <summary>
    /// Learns socks. One of which the model is sure that it is a known one is not told: it would take the frames of the known one. Where
    /// the model does not say how sure it is, that goes by the distance to the known one's frames, frame by frame.
    /// </summary>
    /// <param name="shown">Each sock with what is seen in its frames, at least one.</param>
    /// <param name="others">Embeddings of frames of the socks that the model knows, and of the empty scene; the more, the better.</param>
    public static LearntSocks Of(IReadOnlyList<(string Label, IReadOnlyList<ShownLook> Frames)> shown, IReadOnlyList<float[]> others)
    {
        if (shown.Count == 0)
            return None;
        var known = others.Select(embedding => DirectionOf(embedding)).ToArray();
        var told = shown.Select(sock => (sock.Label, Frames: UnlikeOf(sock.Frames, known)))
            .Where(sock => sock.Frames.Length > 0).ToArray();
        return new LearntSocks(known, [.. told.Select(sock => new LearntSock(
            sock.Label, sock.Frames, [.. known, .. told.Where(other => other != sock).SelectMany(other => other.Frames)]))]);
    }

    /// <summary>The sock of a frame; null where it is of none.</summary>
    /// <param name="embedding">What the model sees in the frame.</param>
    public LearntAnswer? Find(ReadOnlySpan<float> embedding)
    {
        if (_socks.Length == 0)
            return null;
        var direction = DirectionOf(embedding);
        var distances = _socks.Select(sock => sock.DistanceTo(direction)).ToArray();
        var best = Array.IndexOf(distances, distances.Min());
        var next = distances.Where((_, index) => index != best).Append(LearntSock.Nearest(_others, direction)).Min();
        var nearest = distances[best];
        if (nearest > _socks[best].Bound || nearest >= FarApart * next)
            return null;
        // The membership of fuzzy c-means.
        var (own, other) = (nearest * nearest, next * next);
        return new LearntAnswer(_socks[best].Label, (float)(other / (own + other)));
    }

    private static float[][] UnlikeOf(IReadOnlyList<ShownLook> frames, float[][] known)
    {
        var directions = frames.Select(frame => DirectionOf(frame.Embedding));
        if (frames.All(frame => frame.Unknown is not null))
        {
            var lowest = frames.Select(frame => frame.Unknown).Order().ElementAt((int)(Surer * frames.Count));
            return lowest >= LeastUnknown ? [.. directions] : [];
        }
        var unlike = directions.Where(frame => LearntSock.Nearest(known, frame) > Alike).ToArray();
        return 2 * unlike.Length < frames.Count ? [] : unlike;
    }

    private static float[] DirectionOf(ReadOnlySpan<float> embedding)
    {
        var direction = embedding.ToArray();
        var length = TensorPrimitives.Norm(embedding);
        // Where nothing is seen there is none: it is as far from everything.
        if (length > 0)
            TensorPrimitives.Divide(direction, length, direction);
        return direction;
    }
}
