using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Where a thread gets the photos of a list from; each has its own.</summary>
internal interface IPhotoSource
{
    /// <summary>Reads the whole file; valid until the next call.</summary>
    /// <param name="relative">As the list has it.</param>
    /// <exception cref="PictureException">It cannot be read, or must not be.</exception>
    ReadOnlySpan<byte> Read(string relative);
}
