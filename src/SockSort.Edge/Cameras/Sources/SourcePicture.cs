using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources;

/// <param name="Name">Name of the picture, as in <see cref="CameraFrame.Name"/>.</param>
/// <param name="Picture">
/// The decoded picture; null if it cannot be read (<paramref name="Problem"/> says why) or is still <paramref name="Encoded"/>.
/// </param>
/// <param name="Truth">True label of the picture; null if it is not known.</param>
/// <param name="Problem">Why the picture cannot be read; null if it can.</param>
/// <param name="Encoded">
/// Bytes of a picture file that is decoded only when somebody takes it, because most pictures of a fast camera are overtaken; null if there
/// are none.
/// </param>
internal sealed record SourcePicture(string Name, Frame? Picture, string? Truth = null, string? Problem = null, byte[]? Encoded = null)
{
    /// <summary>Marker of a source that is working but has no picture yet.</summary>
    public static SourcePicture SignOfLife { get; } = new("", Picture: null);

    /// <summary>Returns the picture and decodes it first if it is still encoded.</summary>
    /// <exception cref="PictureException">The encoded picture is damaged.</exception>
    public Frame Decode() => Picture ?? PictureReader.Read(Encoded!, Name);
}
