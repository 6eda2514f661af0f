using FsCheck.Xunit;
using SockSort.Imaging.Kernels;

namespace SockSort.Imaging.Tests.Kernels;

public class PreprocessorTests
{
    [Fact]
    public void A_frame_of_the_right_size_becomes_planes_of_value_minus_127_over_128()
    {
        var frame = new Frame(2, 2, [0, 127, 255, 63, 128, 254, 1, 2, 3, 4, 5, 6]);
        var tensor = new float[12];

        new Preprocessor(2).Fill(frame, tensor);

        Assert.Equal(
            [
                -127 / 128f, -64 / 128f, -126 / 128f, -123 / 128f,
                0, 1 / 128f, -125 / 128f, -122 / 128f,
                1, 127 / 128f, -124 / 128f, -121 / 128f,
            ],
            tensor);
    }

    [Fact]
    public void A_mean_and_scale_of_each_colour_and_blue_first_are_followed()
    {
        var tensor = new float[3];

        new Preprocessor(1, new PixelScaling(new(10, 20, 30), new(2, 4, 5), blueFirst: true)).Fill(new Frame(1, 1, [20, 40, 60]), tensor);

        Assert.Equal([6, 5, 5], tensor);
    }

    [Property(MaxTest = 60)]
    public void A_frame_of_any_size_is_scaled_pixel_by_pixel(byte side, bool blueFirst)
    {
        var scaling = new PixelScaling(new(123.675f, 116.28f, 103.53f), new(58.395f, 57.12f, 57.375f), blueFirst);
        var frame = Frames.Pattern(side % 20 + 1, side % 20 + 1);
        var (pixels, tensor) = (frame.Width * frame.Height, new float[frame.Rgb.Length]);

        new Preprocessor(frame.Width, scaling).Fill(frame, tensor);

        Assert.All(Enumerable.Range(0, pixels), pixel =>
        {
            float Plane(int plane) => tensor[plane * pixels + pixel];
            Assert.Equal((frame.Rgb[pixel * 3] - 123.675f) / 58.395f, Plane(blueFirst ? 2 : 0));
            Assert.Equal((frame.Rgb[pixel * 3 + 1] - 116.28f) / 57.12f, Plane(1));
            Assert.Equal((frame.Rgb[pixel * 3 + 2] - 103.53f) / 57.375f, Plane(blueFirst ? 0 : 2));
        });
    }

    [Fact]
    public void A_wide_frame_is_stretched_whole_before()
    {
        var frame = Frames.Pattern(60, 34);
        float[] tensor = new float[3 * 16 * 16], expected = new float[3 * 16 * 16];

        new Preprocessor(16).Fill(frame, tensor);

        PlanarKernel.ToPlanar(new Resampler(16, 16).Resize(frame).Rgb, PixelScaling.Default, expected);
        Assert.Equal(expected, tensor);
    }

    [Fact]
    public void Frames_of_one_size_cost_no_memory_after_the_first()
    {
        var frame = Frames.Pattern(640, 360);
        var preprocessor = new Preprocessor(224);
        var tensor = new float[preprocessor.TensorLength];
        preprocessor.Fill(frame, tensor);

        var before = GC.GetAllocatedBytesForCurrentThread();
        preprocessor.Fill(frame, tensor);
        var allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocatedBytes);
    }

    [Fact]
    public void A_tensor_of_another_length_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Preprocessor(8).Fill(Frames.Pattern(8, 8), new float[191]));

        Assert.StartsWith("191 numbers are not 3 x 8 x 8", error.Message);
    }
}
