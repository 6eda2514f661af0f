using SockSort.Imaging;
using SockSort.Imaging.Kernels;
using SockSort.Teaching.Choosing;

namespace SockSort.Teaching.Tests.Choosing;

public sealed class SharpnessTests
{
    private readonly Sharpness _sharpness = new();

    [Fact]
    public void A_plain_surface_has_none()
    {
        var plain = new Frame(64, 48);
        Array.Fill(plain.Rgb, (byte)90);

        Assert.Equal(0, _sharpness.Of(plain), 1e-6);
    }

    [Theory]
    [InlineData(640, 480)]
    [InlineData(100, 300)]
    public void A_blurred_copy_is_less_sharp_than_its_picture(int width, int height)
    {
        var sharp = Stripes(width, height);
        var blurred = new Resampler(width, height).Resize(new Resampler(width / 10, height / 10).Resize(sharp));

        Assert.True(_sharpness.Of(blurred) < _sharpness.Of(sharp) / 2);
    }

    private static Frame Stripes(int width, int height)
    {
        var frame = new Frame(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                frame.Row(y).Slice(x * 3, 3).Fill((x * 24 / width) % 2 == 0 ? (byte)40 : (byte)210);
        }
        return frame;
    }
}
