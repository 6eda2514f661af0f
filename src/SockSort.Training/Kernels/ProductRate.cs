using System.Diagnostics;

namespace SockSort.Training.Kernels;

/// <summary>How fast this machine's cores multiply matrices: what a step of training can be held against.</summary>
public static class ProductRate
{
    private const int Depth = 256;
    private const int Repeats = 20_000;
    private const int Rounds = 5;

    /// <summary>
    /// Multiplications, each with its addition, a second of all cores together, where all numbers lie in their first-level caches: the best
    /// of several rounds of a tenth of a second or so.
    /// </summary>
    /// <param name="threads">Cores, 1 or more.</param>
    public static double Peak(int threads)
    {
        var best = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.GetTimestamp();
            _ = Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ => Multiply());
            var products = (double)threads * Repeats * Depth * TileKernel.Rows * TileKernel.Columns;
            best = Math.Max(best, products / Stopwatch.GetElapsedTime(clock).TotalSeconds);
        }
        return best;
    }

    private static unsafe void Multiply()
    {
        var (rows, columns) = (new float[Depth * TileKernel.Rows], new float[Depth * TileKernel.Columns]);
        var tile = stackalloc float[TileKernel.Rows * TileKernel.Columns];
        // Both hold a strip of the depth that the kernel is told.
        fixed (float* a = rows, b = columns)
        {
            for (var repeat = 0; repeat < Repeats; repeat++)
                TileKernel.Run(Depth, a, 1, TileKernel.Rows, b, tile, TileKernel.Columns, adds: false);
        }
    }
}
