using SockSort.Imaging;
using SockSort.Training.Augmentation;

namespace SockSort.Training.Features;

/// <summary>Makes the pictures that samples stand for: changed copies of photos, scenes without a sock, socks of no class.</summary>
/// <param name="photos">What they are made from.</param>
/// <param name="options">Seed, size and limits of the changes.</param>
/// <remarks>One thread at a time.</remarks>
internal sealed class SamplePainter(IReadOnlyList<PhotoPyramid> photos, TrainingOptions options)
{
    private readonly Augmenter _augmenter = new(options.InputSize, options.Augmentation);

    /// <summary>The last picture; the next one is painted over it.</summary>
    public Frame Picture { get; } = new(options.InputSize, options.InputSize);

    /// <param name="sample">No photo as it is.</param>
    /// <param name="stream">Which of chance's sequences it has: the same gives the same picture.</param>
    /// <returns>The photo that something of the picture was taken from; -1 = none.</returns>
    public int Paint(Sample sample, int stream)
    {
        var random = new SampleRandom(options.Seed, stream);
        switch (sample.Photo)
        {
            case Sample.Foreign:
                _augmenter.PaintForeign(photos, random, Picture);
                return -1;
            case Sample.Background:
                return _augmenter.PaintBlank(photos, random, Picture);
            default:
                _augmenter.Augment(photos[sample.Photo], random, Picture);
                return sample.Photo;
        }
    }
}
