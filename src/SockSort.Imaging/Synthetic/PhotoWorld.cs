using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// Photos of socks lying on a desk, as somebody takes them with a telephone: any angle, several surfaces and lights.
/// Each photo depends on the seed, the design and its number only, not on what was drawn before. Not for several threads at once.
/// </summary>
public sealed class PhotoWorld : IDisposable
{
    private const int Shortest = 320;
    private const int Longest = 480;

    private readonly int _seed;
    private readonly Dictionary<string, SockTexture> _textures = [];

    /// <param name="seed">Any number; the camera world of the same seed shows the same socks.</param>
    /// <param name="classes">2 to <see cref="SockDesigns.Count"/>.</param>
    /// <exception cref="SyntheticException">The number of classes is out of range.</exception>
    public PhotoWorld(int seed, int classes)
    {
        _seed = seed;
        Designs = SockDesigns.Pick(seed, classes);
    }

    /// <summary>The socks of this world.</summary>
    public IReadOnlyList<SockDesign> Designs { get; }

    /// <summary>Photo <paramref name="number"/> (0 or more) of a sock; 320 to 480 pixels wide and high.</summary>
    public Frame Photo(SockDesign design, int number)
    {
        var dice = new Dice(_seed, 201, SockDesigns.NumberOf(design), number);
        return Take(dice, (canvas, size) => Lie(canvas, TextureOf(design), size, dice));
    }

    /// <summary>Photo <paramref name="number"/> (0 or more) of the desk without a sock: <see cref="Scenario.Blank"/>.</summary>
    public Frame EmptyPhoto(int number) => Take(new Dice(_seed, 202, number), (_, _) => { });

    /// <summary>
    /// Photos without end for a test of recognition: socks in no order, and one in ten without a sock. None of them is among
    /// <see cref="Photo"/>'s first thousand.
    /// </summary>
    public IEnumerable<(Frame Frame, string Label)> Shuffled()
    {
        var dice = new Dice(_seed, 203);
        for (var number = 1000; ; number++)
        {
            var design = dice.Pick(Designs);
            yield return dice.Chance(0.1) ? (EmptyPhoto(number), Scenario.Blank) : (Photo(design, number), design.Label);
        }
    }

    public void Dispose()
    {
        foreach (var texture in _textures.Values)
            texture.Dispose();
        _textures.Clear();
    }

    private static Frame Take(Dice dice, Action<SKCanvas, SKSizeI> place)
    {
        var size = Format(dice);
        using var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        Desk.Cover(bitmap, dice);
        place(canvas, size);
        Light.Throw(dice, gloom: 0.28).Shine(canvas, size.Width, size.Height);
        using var pixels = bitmap.PeekPixels();
        return Sensor.Develop(pixels, dice, noise: dice.Between(1, 4));
    }

    private static SKSizeI Format(Dice dice)
    {
        var longer = (int)dice.Between(Shortest + 60, Longest);
        var shorter = (int)dice.Between(Math.Max(Shortest, longer * 0.75), longer);
        return dice.Chance(0.5) ? new SKSizeI(longer, shorter) : new SKSizeI(shorter, longer);
    }

    private static void Lie(SKCanvas canvas, SockTexture texture, SKSizeI size, Dice dice)
    {
        var middle = new SKPoint(size.Width * dice.Between(0.44, 0.56), size.Height * dice.Between(0.44, 0.56));
        var pose = new SockPose(SockShape.Centre, middle, Math.Min(size.Width, size.Height) * dice.Between(0.95, 1.3) / SockShape.Height)
        {
            Degrees = dice.Between(-180, 180),
            Flip = dice.Chance(0.5),
            Bend = dice.Between(-0.25, 0.25),
            Ripple = dice.Between(0, 0.012),
            Phase = dice.Between(0, 6.28),
        };
        using var cloth = new SockCloth(texture, pose);
        cloth.DrawShadow(canvas, new SKPoint(dice.Between(-9, 9), dice.Between(-9, 9)), alpha: 150);
        cloth.Draw(canvas);
    }

    private SockTexture TextureOf(SockDesign design)
    {
        if (!_textures.TryGetValue(design.Name, out var texture))
            _textures[design.Name] = texture = SockTexture.Knit(design);
        return texture;
    }
}
