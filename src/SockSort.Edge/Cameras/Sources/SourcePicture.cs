using SockSort.Imaging;

namespace SockSort.Edge.Cameras.Sources;

/// <param name="Name">As in <see cref="CameraFrame.Name"/>.</param>
/// <param name="Picture">Null where it cannot be read; then <paramref name="Problem"/> says why.</param>
/// <param name="Truth">What it shows, where that is known.</param>
/// <param name="Problem">Null where it can be read.</param>
internal sealed record SourcePicture(string Name, Frame? Picture, string? Truth = null, string? Problem = null);
