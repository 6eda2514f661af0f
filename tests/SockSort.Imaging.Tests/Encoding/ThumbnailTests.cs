using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;

namespace SockSort.Imaging.Tests.Encoding;

public class ThumbnailTests
{
    [Theory]
    [InlineData(400, 100, 160, 40)]
    [InlineData(100, 400, 40, 160)]
    [InlineData(20, 10, 20, 10)]
    [InlineData(1000, 1, 160, 1)]
    public void A_picture_is_made_as_small_as_is_asked_for_and_never_larger(int width, int height, int smallWidth, int smallHeight)
    {
        var picture = PngWriter.Encode(new Frame(width, height));

        var small = PictureReader.Read(Thumbnail.Encode(picture, "wide.png", longerSide: 160, quality: 75), "thumbnail");

        Assert.Equal((smallWidth, smallHeight), (small.Width, small.Height));
    }

    [Fact]
    public void What_is_no_picture_is_an_error_with_its_name()
    {
        var error = Assert.Throws<PictureException>(
            () => Thumbnail.Encode("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray(), "sock.svg", 160, 75));

        Assert.Equal("sock.svg", error.Picture);
    }
}
