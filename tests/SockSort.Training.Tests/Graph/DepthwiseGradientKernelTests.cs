using SockSort.Training.Graph;

namespace SockSort.Training.Tests.Graph;

public class DepthwiseGradientKernelTests
{
    [Theory]
    [InlineData(5, 1, 2, 7, 16)]
    [InlineData(3, 2, 1, 9, 35)]
    [InlineData(5, 2, 0, 8, 20)]
    [InlineData(3, 1, 1, 1, 3)]
    public void Sums_are_those_of_the_plain_loops(int kernel, int stride, int pad, int side, int channels)
    {
        var outSide = (side + 2 * pad - kernel) / stride + 1;
        var shape = new DepthwiseShape(2, side, side, channels, outSide, outSide, kernel, kernel, stride, stride, pad, pad);
        var random = new Random(1);
        float[] input = [.. Enumerable.Range(0, 2 * side * side * channels).Select(_ => random.NextSingle() - 0.5f)];
        float[] output = [.. Enumerable.Range(0, 2 * outSide * outSide * channels).Select(_ => random.NextSingle() - 0.5f)];
        var (weight, bias) = (new float[channels * kernel * kernel], new float[channels]);

        DepthwiseGradientKernel.Run(input, output, shape, weight, bias);

        var (wantedWeight, wantedBias) = Plain(input, output, shape);
        Assert.All(weight, (value, i) => Assert.Equal(wantedWeight[i], value, 1e-4));
        Assert.All(bias, (value, i) => Assert.Equal(wantedBias[i], value, 1e-4));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused_before_memory_is_read()
    {
        var shape = new DepthwiseShape(1, 4, 4, 16, 4, 4, 3, 3, 1, 1, 1, 1);

        Assert.Throws<ArgumentException>(
            () => DepthwiseGradientKernel.Run(new float[255], new float[256], shape, new float[144], new float[16]));
    }

    private static (double[] Weight, double[] Bias) Plain(float[] input, float[] output, DepthwiseShape shape)
    {
        var (weight, bias) = (new double[shape.Channels * shape.Taps], new double[shape.Channels]);
        for (var image = 0; image < shape.Images; image++)
        {
            for (var place = 0; place < shape.OutHeight * shape.OutWidth; place++)
            {
                for (var channel = 0; channel < shape.Channels; channel++)
                {
                    var gradient = output[(image * shape.OutHeight * shape.OutWidth + place) * shape.Channels + channel];
                    bias[channel] += gradient;
                    for (var tap = 0; tap < shape.Taps; tap++)
                    {
                        var y = place / shape.OutWidth * shape.StrideY + tap / shape.KernelX - shape.Above;
                        var x = place % shape.OutWidth * shape.StrideX + tap % shape.KernelX - shape.Left;
                        if (y >= 0 && y < shape.Height && x >= 0 && x < shape.Width)
                            weight[channel * shape.Taps + tap] += gradient * input[
                                ((image * shape.Height + y) * shape.Width + x) * shape.Channels + channel];
                    }
                }
            }
        }
        return (weight, bias);
    }
}
