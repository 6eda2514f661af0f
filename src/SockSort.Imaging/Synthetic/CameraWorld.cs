using SkiaSharp;

namespace SockSort.Imaging.Synthetic;

/// <summary>
/// The room before the camera: a wall, a hand, and the socks that it holds up. Sharpness, noise and light differ from showing
/// to showing, and wander a little from frame to frame.
/// </summary>
internal sealed class CameraWorld : IDisposable
{
    /// <summary>The shutter is open this long: what moves is smeared over it, in this many passes.</summary>
    private const double ShutterSeconds = 0.03;
    private const int MovingPasses = 3;

    private readonly int _seed;
    private readonly int _width;
    private readonly int _height;
    private readonly Wall _wall;
    private readonly Hand _hand;
    private readonly Frame _light;
    private readonly SKBitmap _picture;
    private readonly SKCanvas _canvas;
    private readonly float _scale;
    private readonly Dictionary<string, SockDesign> _designs;
    private readonly Dictionary<string, SockTexture> _textures = [];

    public CameraWorld(int seed, IReadOnlyList<SockDesign> designs, int width, int height)
    {
        _seed = seed;
        _width = width;
        _height = height;
        _scale = Math.Clamp(height / 600f, 0.3f, 1);
        var dice = new Dice(seed, 401);
        _wall = new Wall(dice, width, height);
        _hand = new Hand(dice, _scale);
        _light = Light.Throw(dice, gloom: 0.25).OnWhite(width, height);
        _picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_picture);
        _designs = designs.ToDictionary(design => design.Label);
    }

    /// <param name="number">Of the frame: gives the noise.</param>
    /// <param name="time">Since the start: moves light and camera.</param>
    /// <param name="label">One of the designs given.</param>
    /// <param name="index">Of the showing: gives place and movement of the hand.</param>
    /// <param name="since">Since the showing began.</param>
    /// <param name="duration">Of the showing.</param>
    public Frame DrawSock(long number, TimeSpan time, string label, int index, TimeSpan since, TimeSpan duration)
    {
        var hold = HoldOf(index);
        var open = hold.At(since.TotalSeconds, duration.TotalSeconds);
        var close = hold.At(since.TotalSeconds + ShutterSeconds, duration.TotalSeconds);
        var passes = open.FarthestMove(close) > 1.5f ? MovingPasses : 1;
        return Shoot(number, time, index, () =>
        {
            for (var pass = 0; pass < passes; pass++)
                Hang(TextureOf(label), hold.At(since.TotalSeconds + (ShutterSeconds * pass / passes), duration.TotalSeconds), Share(pass));
        });
    }

    /// <summary>A showing without a sock: the wall, and in some a bare hand that passes in its middle.</summary>
    /// <inheritdoc cref="DrawSock"/>
    public Frame DrawEmpty(long number, TimeSpan time, int index, TimeSpan since, TimeSpan duration) => Shoot(number, time, index, () =>
    {
        var dice = new Dice(_seed, 402, index);
        var middle = (since - (duration / 2)).TotalSeconds;
        if (!dice.Chance(0.4) || duration.TotalSeconds < 0.8 || Math.Abs(middle) > 0.35)
            return;
        var pose = HoldOf(index).At(1, 2);
        var drop = _height * ((float)Math.Cos(middle / 0.35 * Math.PI / 2) - 1) * 0.45f;
        pose = pose with { Position = new SKPoint(pose.Position.X + (_width * 0.2f * (float)middle), pose.Position.Y + drop) };
        _hand.DrawBehind(_canvas, pose);
        _hand.DrawBefore(_canvas, pose);
    });

    public void Dispose()
    {
        foreach (var texture in _textures.Values)
            texture.Dispose();
        _canvas.Dispose();
        _picture.Dispose();
        _hand.Dispose();
        _wall.Dispose();
    }

    // Knitted when first shown: the first frame need not wait for socks that come later.
    private SockTexture TextureOf(string label)
    {
        if (!_textures.TryGetValue(label, out var texture))
            _textures[label] = texture = SockTexture.Knit(_designs[label], _scale);
        return texture;
    }

    private Hold HoldOf(int index) => new(new Dice(_seed, 403, index), _width, _height);

    private void Hang(SockTexture sock, SockPose pose, byte alpha)
    {
        using var cloth = new SockCloth(sock, pose);
        if (alpha == 255)
        {
            cloth.DrawShadow(_canvas, new SKPoint(_height * 0.03f, _height * 0.025f), alpha: 90);
            _hand.DrawBehind(_canvas, pose);
        }
        cloth.Draw(_canvas, alpha);
        _hand.DrawBefore(_canvas, pose);
    }

    // Each pass over the earlier ones with 1, 1/2, 1/3 ... of its strength: all count alike in the end.
    private static byte Share(int pass) => (byte)(255 / (pass + 1));

    private Frame Shoot(long number, TimeSpan time, int index, Action draw)
    {
        var dice = new Dice(_seed, 404, number);
        var showing = new Dice(_seed, 405, index);
        var shake = new SKPoint(dice.Between(-1.2, 1.2), dice.Between(-1.2, 1.2));
        _wall.Draw(_canvas, shake);
        draw();
        var gain = 0.94f + (0.06f * MathF.Sin((float)(time.TotalSeconds * 0.9) + showing.Between(0, 6.28)));
        Blur(showing.Between(0.5, 1));
        using var pixels = _picture.PeekPixels();
        return Sensor.Develop(pixels, dice, noise: showing.Between(2, 5), _light, gain);
    }

    /// <summary>Out of focus: what a lens of fewer pixels leaves. Shrinking and stretching is cheap and looks it.</summary>
    private void Blur(float sharpness)
    {
        if (sharpness > 0.9f)
            return;
        using var small = new SKBitmap(
            new SKImageInfo((int)(_width * sharpness), (int)(_height * sharpness), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var pixels = _picture.PeekPixels();
        using var few = small.PeekPixels();
        pixels.ScalePixels(few, new SKSamplingOptions(SKFilterMode.Linear));
        few.ScalePixels(pixels, new SKSamplingOptions(SKFilterMode.Linear));
    }
}
