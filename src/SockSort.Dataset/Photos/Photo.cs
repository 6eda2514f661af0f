using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

/// <summary>A photo of a set; its file or record is read each time it is asked for.</summary>
/// <param name="name">See <see cref="Name"/>.</param>
/// <param name="fileName">See <see cref="FileName"/>.</param>
/// <param name="read">Safe for several threads at once; throws <see cref="PictureException"/>.</param>
/// <param name="listedPath">See <see cref="ListedPath"/>.</param>
public sealed class Photo(string name, string fileName, Func<byte[]> read, string? listedPath = null)
{
    /// <summary>How an error calls it: a path, an <c>s3://</c> address, or the record of a file.</summary>
    public string Name { get; } = name;

    /// <summary>Its name within its class, without a folder.</summary>
    public string FileName { get; } = fileName;

    /// <summary>Its path as a <c>.lst</c> has it: below the root, with <c>/</c>; null where only a record is known.</summary>
    public string? ListedPath { get; } = listedPath;

    /// <summary>The file as it is: not decoded, so it may be damaged.</summary>
    /// <exception cref="PictureException">It cannot be read, or must not be.</exception>
    public byte[] Read() => read();

    public override string ToString() => Name;
}
