using SockSort.Imaging;
using SockSort.Training.Augmentation;

namespace SockSort.Training.Tests.Augmentation;

public class AugmenterTests
{
    private static readonly AugmentationOptions Nothing = new()
    {
        SmallestCrop = 1,
        LargestTurn = 0,
        QuarterTurns = 0,
        ColourChange = 0,
        ZoomOut = 0,
        WhiteBalance = 0,
        Gain = (1, 1),
        LightGradient = (1, 1),
        LargestNoise = 0,
        Blur = 0,
        LargestTilt = 0,
        ColouredWalls = 0,
        SampledWalls = 0,
        Hands = 0,
        Jpeg = 0,
    };

    [Fact]
    public void Without_any_change_but_the_mirror_the_photo_comes_out()
    {
        var photo = Pictures.Slope(96);
        var pictures = Enumerable.Range(0, 8).Select(stream => Augment(Nothing, photo, stream, side: 96)).ToArray();

        var kept = pictures.Count(picture => Distance(picture, photo) <= 1);
        var mirrored = pictures.Count(picture => Distance(picture, Pictures.Mirror(photo)) <= 1);

        Assert.Equal(8, kept + mirrored);
        Assert.InRange(kept, 1, 7);
    }

    [Fact]
    public void The_same_seed_and_stream_give_the_same_picture_another_stream_another()
    {
        var photo = Pictures.Slope(64);

        var first = Augment(new AugmentationOptions(), photo, stream: 3, side: 64);
        var again = Augment(new AugmentationOptions(), photo, stream: 3, side: 64);
        var other = Augment(new AugmentationOptions(), photo, stream: 4, side: 64);

        Assert.Equal(first.Rgb, again.Rgb);
        Assert.NotEqual(first.Rgb, other.Rgb);
    }

    [Fact]
    public void Zoomed_out_a_red_photo_is_whole_before_a_grey_wall()
    {
        var photo = Pictures.Plain(80, 80, 220, 0, 0);
        var options = Nothing with { ZoomOut = 1, SmallestZoom = 0.5f, WidestCamera = 1 };

        var reds = Enumerable.Range(0, 20)
            .Select(stream => ShareOf(Augment(options, photo, stream, side: 64), (r, g, _) => r > g + 100))
            .ToArray();

        Assert.All(reds, share => Assert.InRange(share, 0.24, 1));
        Assert.Contains(reds, share => share < 0.5);
    }

    [Fact]
    public void A_wide_camera_squeezes_the_photo_from_the_sides()
    {
        var photo = Pictures.Plain(80, 80, 220, 0, 0);
        var options = Nothing with { ZoomOut = 1, SmallestZoom = 1, WidestCamera = 16f / 9 };

        var reds = Enumerable.Range(0, 20)
            .Select(stream => ShareOf(Augment(options, photo, stream, side: 64), (r, g, _) => r > g + 100))
            .ToArray();

        Assert.All(reds, share => Assert.InRange(share, 0.54, 1));
        Assert.Contains(reds, share => share < 0.75);
    }

    [Fact]
    public void Blank_pictures_differ_and_hold_few_strong_colours()
    {
        var augmenter = new Augmenter(64);
        var pictures = Enumerable.Range(0, 30).Select(stream => Paint(augmenter, stream)).ToArray();

        Assert.Equal(30, pictures.Select(picture => Convert.ToBase64String(picture.Rgb)).Distinct().Count());
        Assert.All(
            pictures,
            picture =>
                Assert.InRange(ShareOf(picture, (r, g, b) => Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)) > 150), 0, 0.05));
    }

    [Fact]
    public void A_large_photo_is_kept_at_twice_the_network_s_size_and_in_halves_below()
    {
        var pyramid = new PhotoPyramid(new Frame(1200, 900));

        Assert.Equal((448, 336), (pyramid.Full.Width, pyramid.Full.Height));
        Assert.Equal(
            (448, 224, 112, 56),
            (pyramid.ForStep(1.5f).Width, pyramid.ForStep(2).Width, pyramid.ForStep(4).Width, pyramid.ForStep(8).Width));
        Assert.Equal(56, pyramid.ForStep(1000).Width);
    }

    [Fact]
    public void A_tilted_photo_is_larger_on_its_near_side()
    {
        var photo = Pictures.Plain(80, 80, 220, 0, 0);
        var options = Nothing with { ZoomOut = 1, SmallestZoom = 0.5f, WidestCamera = 1, LargestTilt = 0.5f };
        var flat = options with { LargestTilt = 0 };

        var tilted = Enumerable.Range(0, 20).Select(stream => Augment(options, photo, stream, side: 64)).ToArray();
        var straight = Enumerable.Range(0, 20).Select(stream => Augment(flat, photo, stream, side: 64)).ToArray();

        Assert.Contains(
            tilted,
            picture =>
                WidthsOfRed(picture) is var widths
                    && widths.Max() > 1.15 * widths.Where(width => width > 0).Order().ElementAt(widths.Count(width => width > 0) / 5));
        Assert.All(straight, picture => Assert.InRange(WidthsOfRed(picture).Where(width => width > 0).Distinct().Count(), 1, 2));
    }

    [Fact]
    public void Foreign_socks_differ_in_colour_and_show_themselves()
    {
        var augmenter = new Augmenter(64, Nothing);
        var pictures = Enumerable.Range(0, 30).Select(stream =>
        {
            var target = new Frame(64, 64);
            augmenter.PaintForeign([], new SampleRandom(1, stream), target);
            return target;
        }).ToArray();

        Assert.Equal(30, pictures.Select(picture => Convert.ToBase64String(picture.Rgb)).Distinct().Count());
        Assert.InRange(
            pictures.Select(
                picture =>
                    picture.Rgb.Chunk(3).Select(rgb => rgb[0] / 32 * 64 + rgb[1] / 32 * 8 + rgb[2] / 32).Distinct().Count()).Average(),
            3,
            60);
    }

    private static int[] WidthsOfRed(Frame frame) =>
        [.. Enumerable.Range(0, frame.Height).Select(y => frame.Row(y).ToArray().Chunk(3).Count(rgb => rgb[0] > rgb[1] + 100))];

    private static Frame Augment(AugmentationOptions options, Frame photo, int stream, int side)
    {
        var target = new Frame(side, side);
        new Augmenter(side, options).Augment(new PhotoPyramid(photo), new SampleRandom(1, stream), target);
        return target;
    }

    private static Frame Paint(Augmenter augmenter, int stream)
    {
        var target = new Frame(augmenter.Side, augmenter.Side);
        augmenter.PaintBlank([], new SampleRandom(1, stream), target);
        return target;
    }

    private static int Distance(Frame a, Frame b) => a.Rgb.Zip(b.Rgb, (x, y) => Math.Abs(x - y)).Max();

    private static double ShareOf(Frame frame, Func<int, int, int, bool> holds) =>
        frame.Rgb.Chunk(3).Average(rgb => holds(rgb[0], rgb[1], rgb[2]) ? 1.0 : 0.0);
}
