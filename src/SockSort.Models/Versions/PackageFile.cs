using System.Security.Cryptography;
using SockSort.Imaging.Decoding;
using SockSort.Models.Package;

namespace SockSort.Models.Versions;

/// <summary>
/// A package with the bytes of its file, read once, so that what was checked is what is used. Its version is how its SHA-256 begins: equal
/// bytes are the same version wherever they lie.
/// </summary>
public sealed class PackageFile
{
    /// <summary>Hexadecimal digits of the SHA-256 that name a version.</summary>
    public const int VersionDigits = 12;

    private PackageFile(byte[] bytes, string sha256, ModelPackage package) => (Bytes, Sha256, Package) = (bytes, sha256, package);

    /// <summary>The first 12 digits of <see cref="Sha256"/>.</summary>
    public string Version => Sha256[..VersionDigits];

    /// <summary>Of the file's bytes, 64 lower-case hexadecimal digits, as <c>sha256sum</c> prints it.</summary>
    public string Sha256 { get; }

    /// <summary>What the file holds.</summary>
    public ModelPackage Package { get; }

    /// <summary>The file's bytes.</summary>
    internal byte[] Bytes { get; }

    /// <param name="path">A package; or a folder with its three files, which counts as the file that is made of them.</param>
    /// <exception cref="ModelException">The package is absent, too large, cut off, incomplete, or changed.</exception>
    public static PackageFile Read(string path)
    {
        if (Directory.Exists(path))
            return Of(ModelPackage.Read(path));
        return Of(BytesOf(path), path);
    }

    /// <param name="package">Not in a file yet.</param>
    public static PackageFile Of(ModelPackage package)
    {
        var bytes = package.ToBytes();
        return new PackageFile(bytes, HashOf(bytes), package);
    }

    /// <param name="bytes">Of a package's file; not copied.</param>
    /// <param name="path">What errors call it.</param>
    /// <exception cref="ModelException">The package is cut off, incomplete, changed, or does not fit together.</exception>
    public static PackageFile Of(byte[] bytes, string path) => new(bytes, HashOf(bytes), ModelPackage.Read(bytes, path));

    /// <summary>Reads a file that may be no package at all, as far as a package may be large.</summary>
    /// <exception cref="ModelException">It is absent, too large, or cannot be read.</exception>
    public static byte[] BytesOf(string path)
    {
        if (!File.Exists(path))
            throw ModelErrors.Missing(path);
        try
        {
            using var file = RegularFile.OpenRead(path);
            var isPipe = !file.CanSeek;
            if (!isPipe && file.Length > ModelPackage.MostFileBytes)
                throw ModelErrors.FileTooLarge(path, file.Length, ModelPackage.MostFileBytes);
            using var bytes = new MemoryStream(isPipe ? 0 : (int)file.Length);
            file.CopyTo(bytes);
            return bytes.Length <= ModelPackage.MostFileBytes
                ? bytes.ToArray()
                : throw ModelErrors.FileTooLarge(path, bytes.Length, ModelPackage.MostFileBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.NotReadable(path, error);
        }
    }

    /// <summary>A SHA-256 as <see cref="Sha256"/> writes it.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
