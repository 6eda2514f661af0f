using System.Numerics.Tensors;

namespace SockSort.Training.Rejection;

/// <summary>What distances need of linear algebra, row by row in 32 bits: a few hundred pictures take some ten milliseconds.</summary>
internal static class Cholesky
{
    // Of what 32 bits can tell apart.
    private const float LeastShare = 1e-6f;

    /// <param name="rows">Row-major <c>[count, width]</c>.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <returns>Products of each row with each; row-major <c>[count, count]</c>.</returns>
    public static float[] Gram(float[] rows, int count, int width)
    {
        var products = new float[count * count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var product = TensorPrimitives.Dot<float>(rows.AsSpan(i * width, width), rows.AsSpan(j * width, width));
                products[i * count + j] = products[j * count + i] = product;
            }
        }
        return products;
    }

    /// <summary>Makes the matrix its lower root L, and the rows what L gives them from: L times the new rows are the old ones.</summary>
    /// <param name="matrix">Symmetric, positive; row-major <c>[size, size]</c>.</param>
    /// <param name="size">Of the matrix, and number of rows.</param>
    /// <param name="rows">Row-major <c>[size, width]</c>.</param>
    /// <param name="width">Numbers of a row.</param>
    public static void SolveRows(float[] matrix, int size, float[] rows, int width)
    {
        Root(matrix, size);
        for (var i = 0; i < size; i++)
        {
            var row = rows.AsSpan(i * width, width);
            for (var j = 0; j < i; j++)
                TensorPrimitives.MultiplyAdd(rows.AsSpan(j * width, width), -matrix[i * size + j], row, row);
            TensorPrimitives.Divide(row, matrix[i * size + i], row);
        }
    }

    private static void Root(float[] matrix, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.AsSpan(i * size, size);
            for (var j = 0; j < i; j++)
            {
                var known = TensorPrimitives.Dot(row[..j], matrix.AsSpan(j * size, j));
                row[j] = (row[j] - known) / matrix[j * size + j];
            }
            // Rounding may leave nothing of a direction in which nothing moves.
            row[i] = MathF.Sqrt(MathF.Max(row[i] - TensorPrimitives.SumOfSquares<float>(row[..i]), LeastShare * row[i]));
        }
    }
}
