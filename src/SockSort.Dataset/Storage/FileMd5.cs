using System.Security.Cryptography;

namespace SockSort.Dataset.Storage;

/// <summary>The MD5 of a local file, by which buckets know files; nothing here rests on its strength.</summary>
internal static class FileMd5
{
    /// <returns>Lower-case hex.</returns>
    public static async Task<string> OfAsync(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
#pragma warning disable CA5351
        return Convert.ToHexStringLower(await MD5.HashDataAsync(file, cancellation));
#pragma warning restore CA5351
    }
}
