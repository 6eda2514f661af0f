using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.Tests.Encoding;

public class JpegWriterTests
{
    [Fact]
    public void A_frame_comes_back_nearly_the_same()
    {
        var frame = Frames.Halves(64, 48);

        var back = PictureReader.Read(JpegWriter.Encode(frame, quality: 95), "encoded");

        Assert.Equal((64, 48), (back.Width, back.Height));
        AssertNear((200, 0, 0), back.At(10, 30));
        AssertNear((0, 0, 200), back.At(53, 30));
    }

    [Fact]
    public void Both_encoders_make_pictures_that_decode_to_the_same_pixels()
    {
        if (!TurboJpeg.IsPresent)
            Assert.Skip("libturbojpeg.so.0 is not installed: ./test installs it");
        var frame = Frames.Halves(75, 41);

        var turbo = PictureReader.Read(JpegWriter.EncodeByTurboJpeg(frame, 85), "turbo");
        var vips = PictureReader.Read(JpegWriter.EncodeByVips(frame, 85), "vips");

        Assert.Equal(vips.Rgb, turbo.Rgb);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_quality_out_of_range_is_refused(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JpegWriter.Encode(Frames.Halves(8, 8), quality));

    [Fact]
    public void A_png_comes_back_exactly()
    {
        var frame = Frames.Pattern(31, 17);

        var back = PictureReader.Read(PngWriter.Encode(frame), "encoded");

        Assert.Equal((31, 17), (back.Width, back.Height));
        Assert.Equal(frame.Rgb, back.Rgb);
    }

    private static void AssertNear((byte Red, byte Green, byte Blue) expected, (byte Red, byte Green, byte Blue) actual)
    {
        Assert.InRange(actual.Red, expected.Red - 8, expected.Red + 8);
        Assert.InRange(actual.Green, expected.Green - 8, expected.Green + 8);
        Assert.InRange(actual.Blue, expected.Blue - 8, expected.Blue + 8);
    }
}
