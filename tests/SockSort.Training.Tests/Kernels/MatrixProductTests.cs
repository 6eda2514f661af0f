using SockSort.Training.Kernels;

namespace SockSort.Training.Tests.Kernels;

public class MatrixProductTests
{
    [Theory]
    [InlineData(12, 16, 32)]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 17)]
    [InlineData(100, 300, 20)]
    [InlineData(98, 289, 16)]
    public void Products_are_those_of_the_plain_loops(int rows, int depth, int columns)
    {
        var (a, b, c) = (Numbers(rows * depth, 1), Numbers(depth * columns, 2), Numbers(rows * columns, 3));
        var wanted = Plain(rows, depth, columns, (row, at) => a[row * depth + at], (at, column) => b[at * columns + column]);
        float[] packed = Packed(b, depth, columns, TileKernel.Columns);
        var (set, added) = (new float[rows * columns], c.ToArray());

        MatrixProduct.Run(a, packed, set, rows, depth, columns);
        MatrixProduct.Run(a, packed, added, rows, depth, columns, adds: true);

        Assert.All(set, (value, i) => Assert.Equal(wanted[i], value, 1e-4));
        Assert.All(added, (value, i) => Assert.Equal(wanted[i] + c[i], value, 1e-4));
    }

    [Theory]
    [InlineData(12, 16, 32)]
    [InlineData(1, 1, 1)]
    [InlineData(7, 5, 17)]
    [InlineData(100, 300, 20)]
    public void Sums_over_the_rows_of_both_are_those_of_the_plain_loops(int rows, int depth, int columns)
    {
        var (a, b, c) = (Numbers(depth * rows, 1), Numbers(depth * columns, 2), Numbers(rows * columns, 3));
        var wanted = Plain(rows, depth, columns, (row, at) => a[at * rows + row], (at, column) => b[at * columns + column]);
        var added = c.ToArray();

        MatrixProduct.AddTransposed(
            Packed(a, depth, rows, TileKernel.Rows), Packed(b, depth, columns, TileKernel.Columns), added, rows, depth, columns);

        Assert.All(added, (value, i) => Assert.Equal(wanted[i] + c[i], value, 1e-4));
    }

    [Theory]
    [InlineData(5, 33)]
    [InlineData(130, 16)]
    public void A_matrix_that_is_given_with_its_columns_as_rows_is_packed_alike(int rows, int columns)
    {
        var matrix = Numbers(rows * columns, 1);
        float[] turned = [.. Enumerable.Range(0, rows * columns).Select(i => matrix[i % rows * columns + i / rows])];
        var packed = new float[Panels.Length(rows, columns, TileKernel.Columns)];

        Panels.PackTransposed(turned, rows, columns, TileKernel.Columns, packed);

        Assert.Equal(Packed(matrix, rows, columns, TileKernel.Columns), packed);
    }

    [Fact]
    public void Rows_are_told_when_they_are_done_each_once()
    {
        var told = new List<(int, int)>();

        MatrixProduct.Run(new float[200 * 300], new float[300 * 16], new float[200 * 16], 200, 300, 16, adds: false, (row, count) =>
            told.Add((row, count)));

        Assert.Equal([(0, 96), (96, 96), (192, 8)], told);
    }

    [Fact]
    public void Matrices_that_are_too_small_are_refused_before_memory_is_read() =>
        Assert.Throws<ArgumentException>(() => MatrixProduct.Run(new float[11], new float[64], new float[48], 3, 4, 16));

    private static float[] Packed(float[] matrix, int rows, int columns, int strip)
    {
        var packed = new float[Panels.Length(rows, columns, strip)];
        Panels.Pack(matrix, rows, columns, strip, packed);
        return packed;
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static double[] Plain(int rows, int depth, int columns, Func<int, int, float> a, Func<int, int, float> b) =>
    [
        .. Enumerable.Range(0, rows * columns).Select(
            i => Enumerable.Range(0, depth).Sum(at => (double)a(i / columns, at) * b(at, i % columns))),
    ];
}
