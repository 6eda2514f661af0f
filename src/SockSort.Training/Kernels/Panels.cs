using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SockSort.Training.Kernels;

/// <summary>
/// Brings a matrix into the order in which <see cref="TileKernel"/> reads it: strips of a few columns, in each the rows one after another.
/// What the last strip lacks is 0.
/// </summary>
internal static class Panels
{
    private const int BlockRows = 64;

    /// <summary>Numbers that a packed matrix takes.</summary>
    public static int Length(int rows, int columns, int strip) => (columns + strip - 1) / strip * strip * rows;

    /// <param name="matrix">Row-major <c>[rows, columns]</c>.</param>
    /// <param name="rows">Products of a sum.</param>
    /// <param name="columns">Sums.</param>
    /// <param name="strip">Columns of a strip.</param>
    /// <param name="packed">Receives <see cref="Length"/> numbers.</param>
    public static void Pack(ReadOnlySpan<float> matrix, int rows, int columns, int strip, Span<float> packed)
    {
        // Blocks of rows that stay in the first-level cache while their strips are taken.
        for (var block = 0; block < rows; block += BlockRows)
        {
            var end = Math.Min(rows, block + BlockRows);
            for (var first = 0; first < columns; first += strip)
                PackStrip(matrix, block, end, rows, columns, first, strip, packed);
        }
    }

    private static void PackStrip(
        ReadOnlySpan<float> matrix, int row, int end, int rows, int columns, int first, int strip, Span<float> packed)
    {
        var count = Math.Min(strip, columns - first);
        ref var from = ref MemoryMarshal.GetReference(matrix[(row * columns + first)..((end - 1) * columns + first + count)]);
        ref var to = ref MemoryMarshal.GetReference(packed.Slice(first * rows + row * strip, (end - row) * strip));
        for (; row < end; row++, from = ref Unsafe.Add(ref from, columns), to = ref Unsafe.Add(ref to, strip))
        {
            if (count == strip && strip == TileKernel.Columns)
            {
                Vector256.LoadUnsafe(ref from).StoreUnsafe(ref to);
                Vector256.LoadUnsafe(ref from, 8).StoreUnsafe(ref to, 8);
            }
            else if (count == strip && strip == TileKernel.Rows)
            {
                Vector128.LoadUnsafe(ref from).StoreUnsafe(ref to);
                Vector128.LoadUnsafe(ref from, 2).StoreUnsafe(ref to, 2);
            }
            else
            {
                for (var i = 0; i < strip; i++)
                    Unsafe.Add(ref to, i) = i < count ? Unsafe.Add(ref from, i) : 0;
            }
        }
    }

    /// <summary>The same of a matrix that is given with its columns as rows: row-major <c>[columns, rows]</c>.</summary>
    public static void PackTransposed(ReadOnlySpan<float> matrix, int rows, int columns, int strip, Span<float> packed)
    {
        for (var first = 0; first < columns; first += strip)
        {
            var target = packed.Slice(first * rows, strip * rows);
            if (first + strip > columns)
                target.Clear();
            for (var column = 0; column < Math.Min(strip, columns - first); column++)
            {
                var from = matrix.Slice((first + column) * rows, rows);
                for (var row = 0; row < from.Length; row++)
                    target[row * strip + column] = from[row];
            }
        }
    }
}
