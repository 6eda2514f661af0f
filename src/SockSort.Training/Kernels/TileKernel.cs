using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SockSort.Training.Kernels;

/// <summary>
/// The innermost loop of a matrix product: a tile of 6 x 16 sums that stays in registers. With 8 numbers a register these are 12 of 16,
/// which is what keeps both multipliers of a core busy (Goto and van de Geijn 2008, Anatomy of High-Performance Matrix Multiplication).
/// </summary>
internal static class TileKernel
{
    public const int Rows = 6;
    public const int Columns = 16;
    private const int Half = Columns / 2;

    /// <summary>Adds products to a tile, or sets it to them.</summary>
    /// <param name="depth">Products of one sum.</param>
    /// <param name="a">First number of the six rows.</param>
    /// <param name="row">Numbers from one row of <paramref name="a"/> to the next.</param>
    /// <param name="step">Numbers from one product's to the next.</param>
    /// <param name="b">16 numbers a product, one after another.</param>
    /// <param name="c">First number of the tile.</param>
    /// <param name="across">Numbers from one row of the tile to the next.</param>
    /// <param name="adds">Whether what is there counts.</param>
    // Bounds: MatrixProduct gives it whole tiles only.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Run(int depth, float* a, nint row, nint step, float* b, float* c, nint across, bool adds)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        var twice = 2 * row;
        var lower = a + 3 * row;
        for (var k = 0; k < depth; k++)
        {
            var (left, right) = (Vector256.Load(b), Vector256.Load(b + Half));
            var value = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(value, left, c00);
            c01 = Vector256.FusedMultiplyAdd(value, right, c01);
            value = Vector256.Create(a[row]);
            c10 = Vector256.FusedMultiplyAdd(value, left, c10);
            c11 = Vector256.FusedMultiplyAdd(value, right, c11);
            value = Vector256.Create(a[twice]);
            c20 = Vector256.FusedMultiplyAdd(value, left, c20);
            c21 = Vector256.FusedMultiplyAdd(value, right, c21);
            value = Vector256.Create(*lower);
            c30 = Vector256.FusedMultiplyAdd(value, left, c30);
            c31 = Vector256.FusedMultiplyAdd(value, right, c31);
            value = Vector256.Create(lower[row]);
            c40 = Vector256.FusedMultiplyAdd(value, left, c40);
            c41 = Vector256.FusedMultiplyAdd(value, right, c41);
            value = Vector256.Create(lower[twice]);
            c50 = Vector256.FusedMultiplyAdd(value, left, c50);
            c51 = Vector256.FusedMultiplyAdd(value, right, c51);
            a += step;
            lower += step;
            b += Columns;
        }
        Put(c, c00, c01, adds);
        Put(c + across, c10, c11, adds);
        Put(c + 2 * across, c20, c21, adds);
        Put(c + 3 * across, c30, c31, adds);
        Put(c + 4 * across, c40, c41, adds);
        Put(c + 5 * across, c50, c51, adds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Put(float* at, Vector256<float> left, Vector256<float> right, bool adds)
    {
        if (adds)
        {
            left += Vector256.Load(at);
            right += Vector256.Load(at + Half);
        }
        left.Store(at);
        right.Store(at + Half);
    }
}
