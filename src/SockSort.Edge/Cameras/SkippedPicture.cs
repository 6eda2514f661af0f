namespace SockSort.Edge.Cameras;

/// <param name="Name">The picture's name, as in <see cref="CameraFrame.Name"/>.</param>
/// <param name="Problem">Why it could not be read.</param>
public sealed record SkippedPicture(string Name, string Problem);
