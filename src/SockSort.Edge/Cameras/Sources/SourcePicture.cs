using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources;

/// <param name="Name">As in <see cref="CameraFrame.Name"/>.</param>
/// <param name="Picture">
/// Null where it cannot be read, and <paramref name="Problem"/> says why; or where it is still <paramref name="Encoded"/>.
/// </param>
/// <param name="Truth">What it shows, where that is known.</param>
/// <param name="Problem">Null where it can be read.</param>
/// <param name="Encoded">
/// A picture file that is decoded only where somebody takes it: most pictures of a quick camera are overtaken.
/// </param>
internal sealed record SourcePicture(string Name, Frame? Picture, string? Truth = null, string? Problem = null, byte[]? Encoded = null)
{
    /// <summary>Says that the source is at work, though it has no picture yet.</summary>
    public static SourcePicture SignOfLife { get; } = new("", Picture: null);

    /// <summary>The picture, decoded.</summary>
    /// <exception cref="PictureException">It is damaged.</exception>
    public Frame Decode() => Picture ?? PictureReader.Read(Encoded!, Name);
}
