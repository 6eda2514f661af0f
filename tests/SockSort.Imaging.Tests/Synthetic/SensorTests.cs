using SkiaSharp;
using SockSort.Imaging.Synthetic;

namespace SockSort.Imaging.Tests.Synthetic;

public sealed class SensorTests
{
    [Fact]
    public void Without_noise_and_light_every_pixel_stays_as_it_was_drawn()
    {
        using var scene = Scene(37, 5);

        var frame = Sensor.Develop(scene.PeekPixels(), new Dice(1), noise: 0);

        Assert.Equal(scene.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue }), frame.Rgb);
    }

    [Fact]
    public void Light_and_gain_dim_in_the_vectors_as_in_the_rest()
    {
        using var scene = Scene(37, 5);
        var light = new Frame(37, 5, [.. Enumerable.Range(0, 37 * 5 * 3).Select(at => (byte)(at * 7))]);

        var frame = Sensor.Develop(scene.PeekPixels(), new Dice(1), noise: 0, light, gain: 0.75f);

        var drawn = scene.Pixels.SelectMany(pixel => new[] { pixel.Red, pixel.Green, pixel.Blue });
        Assert.Equal(drawn.Zip(light.Rgb, (value, lamp) => (byte)(((value * lamp) >> 8) * 192 >> 8)), frame.Rgb);
    }

    [Fact]
    public void Noise_has_the_deviation_asked_for_and_stays_within_bytes()
    {
        using var scene = new SKBitmap(new SKImageInfo(200, 200, SKColorType.Rgba8888, SKAlphaType.Opaque));
        scene.Erase(new SKColor(128, 255, 0));

        var frame = Sensor.Develop(scene.PeekPixels(), new Dice(1), noise: 6);

        var reds = Enumerable.Range(0, 200 * 200).Select(pixel => frame.Rgb[pixel * 3] - 128.0).ToList();
        Assert.InRange(Math.Sqrt(reds.Average(red => red * red)), 5, 6.5);
        Assert.InRange(reds.Average(), -0.5, 0.5);
        Assert.All(
            Enumerable.Range(0, 200 * 200), pixel => Assert.True(frame.Rgb[(pixel * 3) + 1] > 200 && frame.Rgb[(pixel * 3) + 2] < 50));
    }

    private static SKBitmap Scene(int width, int height)
    {
        var scene = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        scene.Pixels = [.. Enumerable.Range(0, width * height).Select(at => new SKColor((byte)(at * 3), (byte)(at * 5), (byte)(255 - at)))];
        return scene;
    }
}
