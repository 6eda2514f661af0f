using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SockSort.Training.Graph;

/// <summary>
/// What a depthwise convolution's weights and bias have to change by. oneDNN 3.7 has no fast form for windows of 5 x 5 and
/// spends a third of a training step there.
/// </summary>
internal static class DepthwiseGradientKernel
{
    // Channels that are summed side by side: what one image has of them stays in the first-level cache.
    private static readonly int Lanes = Vector512<float>.Count;

    /// <param name="input">N x H x W x C.</param>
    /// <param name="output">Gradient of what came out, N x OH x OW x C.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="weight">Receives C x KH x KW.</param>
    /// <param name="bias">Receives C.</param>
    public static unsafe void Run(
        ReadOnlySpan<float> input, ReadOnlySpan<float> output, DepthwiseShape shape, Span<float> weight, Span<float> bias)
    {
        shape.Require(input.Length, output.Length, weight.Length, bias.Length);
        var (weightLength, biasLength) = (weight.Length, bias.Length);
        // The spans live until all threads are done, and no thread reads or writes beyond the sizes that Require has checked.
        fixed (float* inputs = input, outputs = output, weights = weight, biases = bias)
        {
            var (from, at, toWeight, toBias) = ((nint)inputs, (nint)outputs, (nint)weights, (nint)biases);
            _ = Parallel.For(0, (shape.Channels + Lanes - 1) / Lanes, block =>
                RunBlock(new Side((float*)from, shape.Height, shape.Width, shape.Channels), new Side(
                    (float*)at, shape.OutHeight, shape.OutWidth, shape.Channels),
                    shape, block * Lanes, new Span<float>((float*)toWeight, weightLength), new Span<float>((float*)toBias, biasLength)));
        }
    }

    private static void RunBlock(Side input, Side output, DepthwiseShape shape, int channel, Span<float> weight, Span<float> bias)
    {
        if (channel + Lanes <= shape.Channels)
        {
            RunLanes(input, output, shape, channel, weight, bias);
            return;
        }
        for (; channel < shape.Channels; channel++)
            RunOne(input, output, shape, channel, weight, bias);
    }

    private static void RunLanes(Side input, Side output, DepthwiseShape shape, int channel, Span<float> weight, Span<float> bias)
    {
        Span<float> lanes = stackalloc float[Lanes];
        Span<Vector512<float>> taps = stackalloc Vector512<float>[shape.Taps + 1];
        taps.Clear();
        for (var image = 0; image < shape.Images; image++)
        {
            for (var tap = 0; tap < shape.Taps; tap++)
                taps[tap] += SumTap(input, output, shape, image, tap, channel);
            taps[shape.Taps] += SumAll(output, shape, image, channel);
        }
        for (var tap = 0; tap <= shape.Taps; tap++)
        {
            taps[tap].CopyTo(lanes);
            for (var lane = 0; lane < Lanes; lane++)
            {
                if (tap < shape.Taps)
                    weight[(channel + lane) * shape.Taps + tap] = lanes[lane];
                else
                    bias[channel + lane] = lanes[lane];
            }
        }
    }

    private static unsafe Vector512<float> SumTap(Side input, Side output, DepthwiseShape shape, int image, int tap, int channel)
    {
        var (rows, columns) = (shape.RowsOf(tap), shape.ColumnsOf(tap));
        Vector512<float> even = default, odd = default;
        for (var y = rows.First; y < rows.End; y++)
        {
            var gradient = output.At(image, y, columns.First, channel);
            var value = input.At(image, y * shape.StrideY + rows.Shift, columns.First * shape.StrideX + columns.Shift, channel);
            var step = shape.Channels * shape.StrideX;
            var x = columns.First;
            for (; x + 1 < columns.End; x += 2, gradient += 2 * shape.Channels, value += 2 * step)
            {
                even = Vector512.FusedMultiplyAdd(Vector512.Load(gradient), Vector512.Load(value), even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Load(gradient + shape.Channels), Vector512.Load(value + step), odd);
            }
            if (x < columns.End)
                even = Vector512.FusedMultiplyAdd(Vector512.Load(gradient), Vector512.Load(value), even);
        }
        return even + odd;
    }

    private static unsafe Vector512<float> SumAll(Side output, DepthwiseShape shape, int image, int channel)
    {
        Vector512<float> sum = default;
        for (var place = 0; place < shape.OutHeight * shape.OutWidth; place++)
            sum += Vector512.Load(output.At(image, 0, place, channel));
        return sum;
    }

    /// <summary>The last channels, one by one.</summary>
    private static unsafe void RunOne(Side input, Side output, DepthwiseShape shape, int channel, Span<float> weight, Span<float> bias)
    {
        for (var tap = 0; tap < shape.Taps; tap++)
        {
            var (rows, columns) = (shape.RowsOf(tap), shape.ColumnsOf(tap));
            var sum = 0f;
            for (var image = 0; image < shape.Images; image++)
            {
                for (var y = rows.First; y < rows.End; y++)
                {
                    for (var x = columns.First; x < columns.End; x++)
                        sum += *output.At(image, y, x, channel) * *input.At(
                            image, y * shape.StrideY + rows.Shift, x * shape.StrideX + columns.Shift, channel);
                }
            }
            weight[channel * shape.Taps + tap] = sum;
        }
        bias[channel] = 0;
        for (var place = 0; place < shape.Images * shape.OutHeight * shape.OutWidth; place++)
            bias[channel] += *output.At(0, 0, place, channel);
    }

    /// <summary>N x H x W x C in memory.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly unsafe struct Side(float* first, int height, int width, int channels)
    {
        public float* At(int image, int y, int x, int channel) => first + (((nint)image * height + y) * width + x) * channels + channel;
    }
}
