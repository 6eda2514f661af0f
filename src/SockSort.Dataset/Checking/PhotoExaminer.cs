using System.Security.Cryptography;
using SockSort.Dataset.Photos;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Checking;

/// <summary>Opens one photo and measures it.</summary>
internal static class PhotoExaminer
{
    private const int Cells = 9; // 8 steps to the right and 8 downwards, in 8 rows or columns each
    private const int SharpnessSide = 256;

    public static PhotoFacts Examine(Photo photo, string folder, string? split)
    {
        try
        {
            var bytes = photo.Read();
            var frame = PictureReader.Read(bytes, photo.Name);
            var gray = Shrink(frame, SharpnessSide);
            return new PhotoFacts(
                photo, folder, split, null, frame.Width, frame.Height, Sharpness(gray), Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Fingerprint(frame));
        }
        catch (PictureException error)
        {
            return new PhotoFacts(photo, folder, split, error.Reason, 0, 0, 0, "", 0);
        }
    }

    /// <summary>Mean gray of blocks, so that the longer side has at most <paramref name="longest"/> values.</summary>
    private static double[,] Shrink(Frame frame, int longest)
    {
        var scale = Math.Min(1, (double)longest / Math.Max(frame.Width, frame.Height));
        return Means(frame, Math.Max(1, (int)(frame.Width * scale)), Math.Max(1, (int)(frame.Height * scale)));
    }

    private static double[,] Means(Frame frame, int columns, int rows)
    {
        var means = new double[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                means[row, column] = Mean(
                    frame, column * frame.Width / columns, (column + 1) * frame.Width / columns, row * frame.Height / rows,
                    (row + 1) * frame.Height / rows);
        }
        return means;
    }

    /// <summary>Mean BT.601 luma of a block of at least one pixel.</summary>
    private static double Mean(Frame frame, int left, int right, int top, int bottom)
    {
        right = Math.Max(right, left + 1);
        bottom = Math.Max(bottom, top + 1);
        long sum = 0;
        for (var y = top; y < bottom; y++)
        {
            var row = frame.Row(y)[(left * 3)..(right * 3)];
            for (var i = 0; i < row.Length; i += 3)
                sum += 299 * row[i] + 587 * row[i + 1] + 114 * row[i + 2];
        }
        return sum / 1000.0 / ((right - left) * (bottom - top));
    }

    private static double Sharpness(double[,] gray)
    {
        var (rows, columns) = (gray.GetLength(0), gray.GetLength(1));
        double sum = 0, squares = 0;
        var count = 0;
        for (var y = 1; y < rows - 1; y++)
        {
            for (var x = 1; x < columns - 1; x++, count++)
            {
                var laplacian = gray[y - 1, x] + gray[y + 1, x] + gray[y, x - 1] + gray[y, x + 1] - 4 * gray[y, x];
                sum += laplacian;
                squares += laplacian * laplacian;
            }
        }
        return count == 0 ? 0 : squares / count - sum / count * (sum / count);
    }

    private static UInt128 Fingerprint(Frame frame)
    {
        var means = Means(frame, Cells, Cells);
        UInt128 bits = 0;
        for (var y = 0; y < Cells - 1; y++)
        {
            for (var x = 0; x < Cells - 1; x++)
                bits = (bits << 1) | (means[y, x] > means[y, x + 1] ? UInt128.One : UInt128.Zero);
        }
        for (var y = 0; y < Cells - 1; y++)
        {
            for (var x = 0; x < Cells - 1; x++)
                bits = (bits << 1) | (means[y, x] > means[y + 1, x] ? UInt128.One : UInt128.Zero);
        }
        return bits;
    }
}
