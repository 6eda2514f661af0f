namespace SockSort.Imaging.Synthetic;

/// <summary>Corner numbers of meshes whose corners stand in rows.</summary>
internal static class Grid
{
    /// <summary>
    /// Three corners a triangle, two triangles a cell; corner (column, row) has the number <c>row * (columns + 1) + column</c>.
    /// </summary>
    public static ushort[] Triangles(int columns, int rows)
    {
        var corners = new List<ushort>(columns * rows * 6);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var first = (row * (columns + 1)) + column;
                var below = first + columns + 1;
                corners.AddRange(
                    [(ushort)first, (ushort)(first + 1), (ushort)below, (ushort)below, (ushort)(first + 1), (ushort)(below + 1)]);
            }
        }
        return [.. corners];
    }
}
