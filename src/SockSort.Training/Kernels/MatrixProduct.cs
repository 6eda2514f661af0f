using System.Numerics.Tensors;

namespace SockSort.Training.Kernels;

/// <summary>
/// Products of matrices on one core, in blocks that stay in its caches: a strip of <c>B</c> in the first, rows of <c>A</c> in the second.
/// </summary>
internal static class MatrixProduct
{
    // 288 products of 16 columns are 18 KiB, more than half of a first-level cache; 96 rows of them 108 KiB.
    private const int MostDepth = 288;
    private const int BlockRows = 96;

    /// <summary><c>C = A B</c>, or <c>C += A B</c>.</summary>
    /// <param name="a">Row-major <c>[rows, depth]</c>.</param>
    /// <param name="b">Packed by <see cref="Panels"/> in strips of <see cref="TileKernel.Columns"/>.</param>
    /// <param name="c">Row-major <c>[rows, columns]</c>.</param>
    /// <param name="rows">Of A and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="columns">Of B and C.</param>
    /// <param name="adds">Whether what is in C counts.</param>
    /// <param name="done">Told the first and the number of rows that are done, while they are in the cache; may be null.</param>
    public static unsafe void Run(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int depth, int columns, bool adds = false,
        Action<int, int>? done = null)
    {
        Require(a.Length >= (long)rows * depth && b.Length >= Panels.Length(depth, columns, TileKernel.Columns), rows, depth, columns);
        Require(c.Length >= (long)rows * columns, rows, depth, columns);
        // Tiles lie within the sizes that were checked; those over an edge are computed beside and copied.
        fixed (float* from = a, with = b, to = c)
            Run(new Left(from, depth, 1, depth), with, to, rows, depth, columns, adds, done);
    }

    /// <summary><c>C += Aᵀ B</c>: sums over the rows of both.</summary>
    /// <param name="a">Packed by <see cref="Panels"/> in strips of <see cref="TileKernel.Rows"/>.</param>
    /// <param name="b">Packed in strips of <see cref="TileKernel.Columns"/>.</param>
    /// <param name="c">Row-major <c>[rows, columns]</c>.</param>
    /// <param name="rows">Columns of A, rows of C.</param>
    /// <param name="depth">Rows of A and B.</param>
    /// <param name="columns">Of B and C.</param>
    public static unsafe void AddTransposed(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> c, int rows, int depth, int columns)
    {
        Require(a.Length >= Panels.Length(depth, rows, TileKernel.Rows) && c.Length >= (long)rows * columns, rows, depth, columns);
        Require(b.Length >= Panels.Length(depth, columns, TileKernel.Columns), rows, depth, columns);
        fixed (float* from = a, with = b, to = c)
            Run(new Left(from, 1, TileKernel.Rows, (nint)depth), with, to, rows, depth, columns, adds: true, done: null);
    }

    private static unsafe void Run(
        Left a, float* b, float* c, int rows, int depth, int columns, bool adds, Action<int, int>? done)
    {
        var passes = (depth + MostDepth - 1) / MostDepth;
        var step = (depth + passes - 1) / passes;
        for (var row = 0; row < rows; row += BlockRows)
        {
            var count = Math.Min(BlockRows, rows - row);
            for (var first = 0; first < depth; first += step)
            {
                var products = Math.Min(step, depth - first);
                for (var column = 0; column < columns; column += TileKernel.Columns)
                {
                    var strip = b + (nint)column * depth + first * TileKernel.Columns;
                    RunStrip(a, strip, c, row, count, first, products, column, columns, adds || first > 0);
                }
            }
            done?.Invoke(row, count);
        }
    }

    private static unsafe void RunStrip(
        Left a, float* b, float* c, int row, int count, int first, int products, int column, int columns, bool adds)
    {
        var width = Math.Min(TileKernel.Columns, columns - column);
        for (var at = row; at < row + count; at += TileKernel.Rows)
        {
            var height = Math.Min(TileKernel.Rows, row + count - at);
            var target = c + (nint)at * columns + column;
            if (height == TileKernel.Rows && width == TileKernel.Columns)
                TileKernel.Run(products, a.At(at, first), a.Row, a.Step, b, target, columns, adds);
            else
                RunEdge(a, b, target, at, height, width, first, products, columns, adds);
        }
    }

    /// <summary>A tile that is not whole: computed beside, row by row of A so that no number behind its end is read.</summary>
    private static unsafe void RunEdge(
        Left a, float* b, float* target, int at, int height, int width, int first, int products, int columns, bool adds)
    {
        var tile = stackalloc float[TileKernel.Rows * TileKernel.Columns];
        // Rows that A does not have are its last ones again; what they give is dropped. Packed strips are whole.
        if (a.IsPacked || height == TileKernel.Rows)
            TileKernel.Run(products, a.At(at, first), a.Row, a.Step, b, tile, TileKernel.Columns, adds: false);
        else
        {
            for (var row = 0; row < height; row++)
                TileKernel.Run(products, a.At(at + row, first), 0, a.Step, b, tile + row * TileKernel.Columns, 0, adds: false);
        }
        for (var row = 0; row < height; row++)
        {
            var from = new ReadOnlySpan<float>(tile + row * TileKernel.Columns, width);
            var to = new Span<float>(target + row * columns, width);
            if (adds)
                TensorPrimitives.Add(from, to, to);
            else
                from.CopyTo(to);
        }
    }

    private static void Require(bool fits, int rows, int depth, int columns)
    {
        if (!fits)
            throw new ArgumentException($"the matrices are smaller than {rows} x {depth} x {columns}");
    }

    /// <summary>Where the numbers of A are: rows as they are, or strips.</summary>
    private readonly unsafe struct Left(float* start, nint row, nint step, nint depth)
    {
        public nint Row => row;

        public nint Step => step;

        public bool IsPacked => step != 1;

        /// <param name="at">Row; of strips the first one.</param>
        /// <param name="first">Product.</param>
        public float* At(int at, int first) => start + at * depth + first * step;
    }
}
