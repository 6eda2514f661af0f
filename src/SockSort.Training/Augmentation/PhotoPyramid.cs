using SockSort.Imaging;
using SockSort.Imaging.Kernels;

namespace SockSort.Training.Augmentation;

/// <summary>A photo at full, half, quarter … size, so that it can be drawn small without reading every pixel.</summary>
public sealed class PhotoPyramid
{
    /// <summary>Pixels of the longer side that are kept: twice what the network sees.</summary>
    public const int LongestSide = 448;

    private const int SmallestSide = 24;

    private readonly List<Frame> _levels = [];

    /// <param name="photo">Any size; not kept when larger than <see cref="LongestSide"/>.</param>
    public PhotoPyramid(Frame photo)
    {
        _levels.Add(Shrink(photo, Math.Min(1, (double)LongestSide / Math.Max(photo.Width, photo.Height))));
        while (Math.Min(_levels[^1].Width, _levels[^1].Height) >= 2 * SmallestSide)
            _levels.Add(Shrink(_levels[^1], 0.5));
        Chroma = ChromaOf(_levels[^1]);
    }

    /// <summary>
    /// How far the middle of the photo is from grey: mean difference between the strongest and the faintest channel, 0..255.
    /// </summary>
    public float Chroma { get; }

    /// <summary>The photo in its largest size.</summary>
    public Frame Full => _levels[0];

    /// <summary>The level to read when neighbouring output pixels lie <paramref name="step"/> pixels of <see cref="Full"/> apart.</summary>
    public Frame ForStep(float step)
    {
        // Up to one and a half pixels a step, bilinear reading misses nothing that matters.
        var level = 0;
        for (; step > 1.5f && level < _levels.Count - 1; step /= 2)
            level++;
        return _levels[level];
    }

    private static float ChromaOf(Frame frame)
    {
        var (sum, count) = (0f, 0);
        for (var y = frame.Height / 4; y < frame.Height - frame.Height / 4; y++)
        {
            for (var x = frame.Width / 4; x < frame.Width - frame.Width / 4; x++, count++)
            {
                var rgb = frame.Row(y).Slice(x * 3, 3);
                sum += Math.Max(rgb[0], Math.Max(rgb[1], rgb[2])) - Math.Min(rgb[0], Math.Min(rgb[1], rgb[2]));
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static Frame Shrink(Frame frame, double scale)
    {
        var (width, height) = (Math.Max(1, (int)Math.Round(frame.Width * scale)), Math.Max(1, (int)Math.Round(frame.Height * scale)));
        return scale < 1 ? new Resampler(width, height).Resize(frame) : frame;
    }
}
