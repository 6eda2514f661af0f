using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SockSort.Training.Kernels;

/// <summary>
/// Convolutions with one window a channel, of 16 channels of one picture: so few that all they need stays in the first-level cache.
/// Slabs are rows x columns x 16.
/// </summary>
internal static class SlabKernel
{
    public const int Channels = 16;
    private const int Half = Channels / 2;

    // Sums side by side: 14 of 16 registers, and both widths of the common networks, 14 and 7, are whole multiples.
    private const int Together = 7;

    /// <summary>Each place's sum over the window on it.</summary>
    /// <param name="padded">What goes in, with what is around it.</param>
    /// <param name="width">Columns of <paramref name="padded"/>.</param>
    /// <param name="window">Rows x columns x 16.</param>
    /// <param name="sizes">Of the window, its steps, and of what comes out.</param>
    /// <param name="output">Receives rows x columns x 16.</param>
    public static unsafe void Convolve(
        ReadOnlySpan<float> padded, int width, ReadOnlySpan<float> window, SlabSizes sizes, Span<float> output)
    {
        sizes.Require(padded.Length / Channels, width, window.Length, output.Length);
        // Each window lies within the rows and columns that were checked.
        fixed (float* from = padded, with = window, to = output)
        {
            for (var y = 0; y < sizes.Rows; y++)
            {
                var row = from + (nint)y * sizes.StepY * width * Channels;
                var target = to + y * sizes.Columns * Channels;
                var x = 0;
                for (; x + Together <= sizes.Columns; x += Together)
                    Seven(row + x * sizes.StepX * Channels, width, with, sizes, target + x * Channels);
                for (; x < sizes.Columns; x++)
                    One(row + x * sizes.StepX * Channels, width, with, sizes, target + x * Channels);
            }
        }
    }

    /// <summary>Adds to each number of the window what it has to change by.</summary>
    /// <param name="padded">What went in, with what is around it.</param>
    /// <param name="width">Columns of <paramref name="padded"/>.</param>
    /// <param name="gradient">Of what came out.</param>
    /// <param name="sizes">As in <see cref="Convolve"/>.</param>
    /// <param name="window">Rows x columns x 16.</param>
    public static unsafe void AddWindow(
        ReadOnlySpan<float> padded, int width, ReadOnlySpan<float> gradient, SlabSizes sizes, Span<float> window)
    {
        sizes.Require(padded.Length / Channels, width, window.Length, gradient.Length);
        fixed (float* from = padded, by = gradient, to = window)
        {
            for (var y = 0; y < sizes.WindowRows; y++)
            {
                for (var x = 0; x < sizes.WindowColumns; x++)
                    Tap(from + (y * width + x) * Channels, width, by, sizes, to + (y * sizes.WindowColumns + x) * Channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Seven(float* from, int width, float* window, SlabSizes sizes, float* to)
    {
        Vector256<float> a0 = default, a1 = default, a2 = default, a3 = default, a4 = default, a5 = default, a6 = default;
        Vector256<float> b0 = default, b1 = default, b2 = default, b3 = default, b4 = default, b5 = default, b6 = default;
        nint step = sizes.StepX * Channels;
        for (var y = 0; y < sizes.WindowRows; y++, from += width * Channels)
        {
            var at = from;
            for (var x = 0; x < sizes.WindowColumns; x++, at += Channels, window += Channels)
            {
                var (left, right) = (Vector256.Load(window), Vector256.Load(window + Half));
                var next = at;
                a0 = Vector256.FusedMultiplyAdd(left, Vector256.Load(next), a0);
                b0 = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + Half), b0);
                next += step;
                a1 = Vector256.FusedMultiplyAdd(left, Vector256.Load(next), a1);
                b1 = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + Half), b1);
                next += step;
                a2 = Vector256.FusedMultiplyAdd(left, Vector256.Load(next), a2);
                b2 = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + Half), b2);
                next += step;
                a3 = Vector256.FusedMultiplyAdd(left, Vector256.Load(next), a3);
                b3 = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + Half), b3);
                next += step;
                a4 = Vector256.FusedMultiplyAdd(left, Vector256.Load(next), a4);
                b4 = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + Half), b4);
                next += step;
                a5 = Vector256.FusedMultiplyAdd(left, Vector256.Load(next), a5);
                b5 = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + Half), b5);
                next += step;
                a6 = Vector256.FusedMultiplyAdd(left, Vector256.Load(next), a6);
                b6 = Vector256.FusedMultiplyAdd(right, Vector256.Load(next + Half), b6);
            }
        }
        Put(to, a0, b0);
        Put(to + Channels, a1, b1);
        Put(to + 2 * Channels, a2, b2);
        Put(to + 3 * Channels, a3, b3);
        Put(to + 4 * Channels, a4, b4);
        Put(to + 5 * Channels, a5, b5);
        Put(to + 6 * Channels, a6, b6);
    }

    private static unsafe void One(float* from, int width, float* window, SlabSizes sizes, float* to)
    {
        Vector256<float> left = default, right = default;
        for (var y = 0; y < sizes.WindowRows; y++, from += width * Channels)
        {
            for (var x = 0; x < sizes.WindowColumns; x++, window += Channels)
            {
                left = Vector256.FusedMultiplyAdd(Vector256.Load(window), Vector256.Load(from + x * Channels), left);
                right = Vector256.FusedMultiplyAdd(Vector256.Load(window + Half), Vector256.Load(from + x * Channels + Half), right);
            }
        }
        Put(to, left, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Tap(float* from, int width, float* gradient, SlabSizes sizes, float* to)
    {
        Vector256<float> left = default, right = default, nextLeft = default, nextRight = default;
        nint step = sizes.StepX * Channels;
        for (var y = 0; y < sizes.Rows; y++, from += (nint)sizes.StepY * width * Channels)
        {
            var (at, x) = ((nint)0, 0);
            for (; x + 2 <= sizes.Columns; x += 2, at += 2 * step, gradient += 2 * Channels)
            {
                left = Vector256.FusedMultiplyAdd(Vector256.Load(gradient), Vector256.Load(from + at), left);
                right = Vector256.FusedMultiplyAdd(Vector256.Load(gradient + Half), Vector256.Load(from + at + Half), right);
                var next = from + at + step;
                nextLeft = Vector256.FusedMultiplyAdd(Vector256.Load(gradient + Channels), Vector256.Load(next), nextLeft);
                nextRight = Vector256.FusedMultiplyAdd(
                    Vector256.Load(gradient + Channels + Half), Vector256.Load(next + Half), nextRight);
            }
            if (x < sizes.Columns)
            {
                left = Vector256.FusedMultiplyAdd(Vector256.Load(gradient), Vector256.Load(from + at), left);
                right = Vector256.FusedMultiplyAdd(Vector256.Load(gradient + Half), Vector256.Load(from + at + Half), right);
                gradient += Channels;
            }
        }
        Put(to, Vector256.Load(to) + left + nextLeft, Vector256.Load(to + Half) + right + nextRight);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Put(float* at, Vector256<float> left, Vector256<float> right)
    {
        left.Store(at);
        right.Store(at + Half);
    }
}
