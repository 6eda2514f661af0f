using System.Security.Cryptography;
using FsCheck.Xunit;
using SockSort.Imaging.Kernels;

namespace SockSort.Imaging.Tests.Kernels;

/// <summary>Expected values: Pillow 9.4's <c>Image.resize</c> on the same pattern.</summary>
public class ResamplerTests
{
    [Fact]
    public void Shrinking_both_sides_equals_Pillow()
    {
        var resampler = new Resampler(3, 3);

        var small = resampler.Resize(Frames.Pattern(5, 4));

        Assert.Equal(
            [
                93, 118, 158, 109, 146, 155, 156, 87, 122, 146, 196, 170, 107, 105, 133, 132, 184, 92, 116, 67, 188, 136, 112, 131, 148,
                198, 66,
            ],
            small.Rgb);
    }

    [Fact]
    public void Growing_clips_the_overshoot_as_Pillow_does()
    {
        var resampler = new Resampler(5, 4);

        var large = resampler.Resize(Frames.Pattern(3, 3));

        Assert.Equal(
            [
                0, 6, 30, 31, 71, 127, 100, 169, 252, 82, 181, 118, 63, 177, 15, 106, 30, 163, 114, 55, 132, 133, 105, 91, 161, 173,
                117, 177,
                212, 140, 200, 125, 255, 155, 100, 169, 102, 72, 56, 195, 132, 148, 255, 174, 222, 213, 231, 251, 129, 176, 217, 26,
                91, 170,
                163, 82, 190, 255, 85, 209,
            ],
            large.Rgb);
    }

    [Fact]
    public void A_side_that_keeps_its_length_is_left_alone()
    {
        var narrower = new Resampler(4, 3).Resize(Frames.Pattern(7, 3));
        var shorter = new Resampler(6, 2, ResamplingFilter.Bilinear).Resize(Frames.Pattern(6, 5));
        var same = new Resampler(6, 5).Resize(Frames.Pattern(6, 5));

        Assert.Equal(
            [
                42, 89, 133, 109, 145, 135, 169, 88, 105, 214, 213, 217, 132, 90, 181, 100, 203, 150, 77, 120, 104, 114, 141, 51, 125, 123,
                118, 144, 62, 204, 154, 158, 123, 151, 226, 57,
            ],
            narrower.Rgb);
        Assert.Equal(
            [
                102, 118, 148, 87, 145, 147, 152, 147, 110, 133, 124, 175, 89, 122, 134, 171, 141, 125, 107, 115, 137, 162, 212, 31,
                109, 190,
                51, 160, 49, 186, 92, 105, 202, 150, 112, 88,
            ],
            shorter.Rgb);
        Assert.Equal(Frames.Pattern(6, 5).Rgb, same.Rgb);
    }

    [Theory]
    [InlineData(600, 337, "34158f2c33346956462b4779589d5233e4e5622a2639f20527d5ce128c054cd2")]
    [InlineData(1280, 720, "47b181822c884b740ee49648e5ea278278f22fb7f1866792c62a1c04f75bb2b6")]
    [InlineData(100, 130, "d3837e68afffe2c7173a1b4e96fb4bd25bf76985e40207120a62f72b49d1ca31")]
    public void A_camera_frame_at_224_has_the_bytes_of_Pillow(int width, int height, string sha256)
    {
        var resampler = new Resampler(224, 224);

        var small = resampler.Resize(Frames.Pattern(width, height));

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(small.Rgb)));
    }

    [Property(MaxTest = 60)]
    public void The_kernel_equals_a_plain_sum_over_the_weights(byte width, byte height, byte toWidth, byte toHeight)
    {
        var source = Frames.Pattern(width % 40 + 1, height % 40 + 1);
        var resampler = new Resampler(toWidth % 40 + 1, toHeight % 40 + 1);

        var resized = resampler.Resize(source);

        Assert.Equal(PlainSum(source, resampler.Width, resampler.Height), resized.Rgb);
    }

    [Property(MaxTest = 60)]
    public void The_kernel_for_older_processors_gives_the_same_bytes(byte width, byte toWidth)
    {
        var source = Frames.Pattern(width % 60 + 1, 1);
        var weights = new ResamplingWeights(source.Width, toWidth % 60 + 1, ResamplingFilter.Bicubic);
        byte[] row = [.. source.Rgb, .. new byte[ResampleKernel.Overread]];
        byte[] ones = new byte[(toWidth % 60 + 1) * 3], any = new byte[ones.Length];

        ResampleKernel.HorizontalByOnes(row, weights, ones);
        ResampleKernel.Horizontal(row, weights, any);

        Assert.Equal(ones, any);
    }

    [Property(MaxTest = 100)]
    public void Three_digits_of_base_256_hold_any_weight(ushort from, byte to, bool isBilinear)
    {
        var weights = new ResamplingWeights(from % 2000 + 1, to + 1, isBilinear ? ResamplingFilter.Bilinear : ResamplingFilter.Bicubic);

        for (var output = 0; output <= to; output++)
        {
            var share = weights.Of(output);
            var groups = weights.Digits[
                (weights.FirstGroups[output] * ResamplingWeights.GroupDigits)..(
                    weights.FirstGroups[output + 1] * ResamplingWeights.GroupDigits)];
            for (var k = 0; k < groups.Length / 3; k++)
            {
                var last = k / 4 * ResamplingWeights.GroupDigits + k % 4;
                Assert.Equal(k < share.Length ? share[k] : 0, groups[last + 8] * 65536 + groups[last + 4] * 256 + groups[last]);
            }
        }
    }

    [Fact]
    public void One_resampler_serves_pictures_of_changing_sizes()
    {
        var resampler = new Resampler(20, 20);
        resampler.Resize(Frames.Pattern(64, 48));

        var after = resampler.Resize(Frames.Pattern(33, 48));

        Assert.Equal(new Resampler(20, 20).Resize(Frames.Pattern(33, 48)).Rgb, after.Rgb);
    }

    private static byte[] PlainSum(Frame source, int width, int height)
    {
        var narrow = new Frame(width, source.Height);
        var across = new ResamplingWeights(source.Width, width, ResamplingFilter.Bicubic);
        var down = new ResamplingWeights(source.Height, height, ResamplingFilter.Bicubic);
        for (var i = 0; i < narrow.Rgb.Length; i++)
        {
            int y = i / 3 / width, x = i / 3 % width, channel = i % 3;
            narrow.Rgb[i] = source.Width == width
                ? source.Rgb[i]
                : Weigh(across.Of(x), k => source.Row(y)[(across.First(x) + k) * 3 + channel]);
        }
        var target = new byte[width * height * 3];
        for (var i = 0; i < target.Length; i++)
        {
            int y = i / 3 / width, column = i % (width * 3);
            target[i] = source.Height == height ? narrow.Rgb[i] : Weigh(down.Of(y), k => narrow.Row(down.First(y) + k)[column]);
        }
        return target;
    }

    private static byte Weigh(ReadOnlySpan<int> weights, Func<int, byte> value)
    {
        var sum = 1 << (ResamplingWeights.FractionBits - 1);
        for (var k = 0; k < weights.Length; k++)
            sum += weights[k] * value(k);
        return (byte)Math.Clamp(sum >> ResamplingWeights.FractionBits, 0, 255);
    }
}
