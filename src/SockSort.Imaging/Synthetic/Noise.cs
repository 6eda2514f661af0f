using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>Cloudy surfaces from Skia's fractal noise.</summary>
internal static class Noise
{
    /// <summary>A shader that wanders between two colours.</summary>
    /// <param name="acrossFrequency">Clouds a pixel along x: 0.01 gives clouds of about 100 pixels.</param>
    /// <param name="downFrequency">The same along y.</param>
    /// <param name="octaves">1 or more: how many finer layers.</param>
    /// <param name="seed">Any number; each gives other clouds.</param>
    /// <param name="low">Colour of the valleys; its alpha counts.</param>
    /// <param name="high">Colour of the heights.</param>
    public static SKShader Clouds(float acrossFrequency, float downFrequency, int octaves, float seed, SKColor low, SKColor high)
    {
        using var clouds = SKShader.CreatePerlinNoiseFractalNoise(acrossFrequency, downFrequency, octaves, seed);
        using var filter = SKColorFilter.CreateColorMatrix(
        [
            .. Row(low.Red, high.Red), .. Row(low.Green, high.Green), .. Row(low.Blue, high.Blue), .. Row(low.Alpha, high.Alpha),
        ]);
        return clouds.WithColorFilter(filter);
    }

    // Most of the noise lies between 0.25 and 0.75: stretched to 0..1, out = low + (high - low) * (2 r - 0.5).
    private static float[] Row(byte low, byte high)
    {
        var span = (high - low) / 255f;
        return [span * 2, 0, 0, 0, (low / 255f) - (span * 0.5f)];
    }
}
