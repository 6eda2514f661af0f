using System.Numerics;
using System.Runtime.InteropServices;

namespace SockSort.Training.Kernels;

/// <summary>What a layer does to each number beside its sums: the bias, and limits on both sides. Channels last.</summary>
internal static class ActivationKernel
{
    /// <summary>Adds the bias and keeps within the limits.</summary>
    /// <param name="values">Rows of as many numbers as <paramref name="bias"/> has; changed.</param>
    /// <param name="bias">One a channel.</param>
    /// <param name="limits">Of what comes out.</param>
    public static void Finish(Span<float> values, ReadOnlySpan<float> bias, Limits limits)
    {
        var (low, high) = (new Vector<float>(limits.Low), new Vector<float>(limits.High));
        var biases = MemoryMarshal.Cast<float, Vector<float>>(bias);
        for (var first = 0; first < values.Length; first += bias.Length)
        {
            var row = values.Slice(first, bias.Length);
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
            for (var i = 0; i < vectors.Length; i++)
                vectors[i] = Vector.Min(Vector.Max(vectors[i] + biases[i], low), high);
            for (var i = vectors.Length * Vector<float>.Count; i < row.Length; i++)
                row[i] = Math.Min(Math.Max(row[i] + bias[i], limits.Low), limits.High);
        }
    }

    /// <summary>Takes the gradient back through the limits, and adds up that of the bias.</summary>
    /// <param name="values">What came out; rows of as many numbers as <paramref name="bias"/> has.</param>
    /// <param name="gradient">Of it; becomes 0 where a limit was reached.</param>
    /// <param name="bias">Its sums are added to.</param>
    /// <param name="limits">Of what came out.</param>
    public static void Return(ReadOnlySpan<float> values, Span<float> gradient, Span<float> bias, Limits limits)
    {
        var (low, high) = (new Vector<float>(limits.Low), new Vector<float>(limits.High));
        var biases = MemoryMarshal.Cast<float, Vector<float>>(bias);
        for (var first = 0; first < values.Length; first += bias.Length)
        {
            var from = values.Slice(first, bias.Length);
            var row = gradient.Slice(first, bias.Length);
            var came = MemoryMarshal.Cast<float, Vector<float>>(from);
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(row);
            for (var i = 0; i < vectors.Length; i++)
            {
                var isInside = Vector.BitwiseAnd(Vector.GreaterThan(came[i], low), Vector.LessThan(came[i], high));
                var kept = Vector.ConditionalSelect(isInside, vectors[i], Vector<float>.Zero);
                vectors[i] = kept;
                biases[i] += kept;
            }
            for (var i = vectors.Length * Vector<float>.Count; i < row.Length; i++)
            {
                if (!(from[i] > limits.Low && from[i] < limits.High))
                    row[i] = 0;
                bias[i] += row[i];
            }
        }
    }
}

/// <summary>Of an activation; infinite where there is none.</summary>
internal readonly record struct Limits(float Low, float High)
{
    public static readonly Limits None = new(float.NegativeInfinity, float.PositiveInfinity);
}
