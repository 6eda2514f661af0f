using SockSort.Imaging.Drawing;

namespace SockSort.Imaging.Tests.Drawing;

public sealed class LabelOverlayTests
{
    [Fact]
    public void Text_and_bar_change_nothing_outside_the_bar()
    {
        using var overlay = new LabelOverlay();
        var frame = Filled(640, 360, 200);

        var (width, height) = overlay.Draw(frame, "Google 97%");

        Assert.InRange(width, 60, 320);
        Assert.InRange(height, 20, 60);
        Assert.All(PixelsOf(frame), pixel => Assert.True((pixel.X < width && pixel.Y < height) || pixel.Red == 200, $"{pixel}"));
        Assert.All(PixelsOf(frame).Where(pixel => pixel.X == width - 1 && pixel.Y < height), pixel => Assert.NotEqual(200, pixel.Red));
        Assert.All(PixelsOf(frame).Where(pixel => pixel.X < width && pixel.Y == height - 1), pixel => Assert.NotEqual(200, pixel.Red));
    }

    [Fact]
    public void Glyphs_are_there_and_differ_from_text_to_text()
    {
        using var overlay = new LabelOverlay();
        Frame one = Filled(640, 360, 90), other = Filled(640, 360, 90), empty = Filled(640, 360, 90);

        overlay.Draw(one, "Google 97%");
        overlay.Draw(other, "Mongo 100%");
        overlay.Draw(empty, "          ");

        Assert.InRange(WhiteOf(one), 200, 4000);
        Assert.InRange(WhiteOf(other), 200, 4000);
        Assert.Equal(0, WhiteOf(empty));
        Assert.NotEqual(one.Rgb, other.Rgb);
    }

    [Fact]
    public void One_overlay_draws_on_frames_of_several_sizes_as_a_fresh_one_does()
    {
        using var used = new LabelOverlay();
        used.Draw(Filled(1280, 720, 10), "Heel And Toe 100%");
        Frame one = Filled(320, 180, 60), other = Filled(320, 180, 60);
        using var fresh = new LabelOverlay();

        used.Draw(one, "Dots 55%");
        fresh.Draw(other, "Dots 55%");

        Assert.Equal(other.Rgb, one.Rgb);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 12)]
    [InlineData(160, 90)]
    public void Too_long_a_text_and_too_small_a_frame_stay_within_the_frame(int width, int height)
    {
        using var overlay = new LabelOverlay();

        var bar = overlay.Draw(Filled(width, height, 50), new string('W', 200));

        Assert.InRange(bar.Width, 1, width);
        Assert.InRange(bar.Height, 1, height);
    }

    [Theory]
    [InlineData("Google", 0.9742, "Google 97%")]
    [InlineData("Heel And Toe", 1, "Heel And Toe 100%")]
    [InlineData("Blank", 0.005, "Blank 1%")]
    public void A_probability_is_shown_in_whole_percent(string label, double probability, string expected) =>
        Assert.Equal(expected, LabelOverlay.Text(label, probability));

    private static Frame Filled(int width, int height, byte value)
    {
        var frame = new Frame(width, height);
        Array.Fill(frame.Rgb, value);
        return frame;
    }

    private static IEnumerable<(int X, int Y, byte Red)> PixelsOf(Frame frame) =>
        from y in Enumerable.Range(0, frame.Height)
        from x in Enumerable.Range(0, frame.Width)
        select (
            x, y, frame.Rgb[((y * frame.Width) + x) * 3]);

    private static int WhiteOf(Frame frame) => PixelsOf(frame).Count(pixel => pixel.Red > 240);
}
