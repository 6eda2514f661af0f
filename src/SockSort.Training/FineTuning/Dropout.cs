using SockSort.Training.Augmentation;

namespace SockSort.Training.FineTuning;

/// <summary>Which numbers of the embeddings are left out in a step.</summary>
internal static class Dropout
{
    // Apart from the numbers of pictures.
    private const int Stream = 1 << 29;

    /// <param name="options">Share and seed.</param>
    /// <param name="step">From 0.</param>
    /// <param name="factors">Receives 0, or by how much more the others count; one a number.</param>
    public static void Fill(TrainingOptions options, int step, Span<float> factors)
    {
        var random = new SampleRandom(options.Seed, Stream + step);
        var (share, scale) = ((float)options.Dropout, (float)(1 / (1 - options.Dropout)));
        foreach (ref var factor in factors)
            factor = options.Dropout > 0 && random.Chance(share) ? 0 : scale;
    }
}
