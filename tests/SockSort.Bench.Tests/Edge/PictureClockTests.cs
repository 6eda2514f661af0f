using SockSort.Bench.Edge;
using SockSort.Bench.Edge.Glass;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Drawing;
using SockSort.Imaging.Encoding;

namespace SockSort.Bench.Tests.Edge;

public sealed class PictureClockTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(599_999)]
    [InlineData(uint.MaxValue)]
    public void A_time_is_read_out_of_a_picture_that_was_encoded_labelled_and_encoded_again(uint milliseconds)
    {
        var picture = EdgePictures.Draw(1)[0];

        PictureClock.Draw(picture, milliseconds);
        var seen = PictureReader.Read(JpegWriter.Encode(picture, quality: 60), "camera");
        using var overlay = new LabelOverlay();
        _ = overlay.Draw(seen, "a label so long that it takes all of the width of the picture and is cut off where that ends 97%");
        var shown = PictureReader.Read(JpegWriter.Encode(seen, quality: 60), "view");

        Assert.Equal(milliseconds, PictureClock.Read(shown));
    }

    [Fact]
    public void A_picture_without_a_clock_shows_no_time()
    {
        var white = new Frame(EdgePictures.Width, EdgePictures.Height);
        white.Rgb.AsSpan().Fill(byte.MaxValue);

        Assert.Null(PictureClock.Read(white));
        Assert.Null(PictureClock.Read(new Frame(EdgePictures.Width, EdgePictures.Height)));
        Assert.Null(PictureClock.Read(EdgePictures.Draw(1)[0]));
    }
}
