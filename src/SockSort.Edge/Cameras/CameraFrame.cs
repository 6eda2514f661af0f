using SockSort.Imaging;

namespace SockSort.Edge.Cameras;

/// <summary>What the camera saw at one moment.</summary>
/// <param name="Number">From 1 in the order of capture; a live camera leaves gaps where frames were dropped.</param>
/// <param name="Name">The picture's file name, or <c>socks.gif#12</c> and the like where there is no file of its own.</param>
/// <param name="CapturedAt">When the frame was taken off the source, UTC.</param>
/// <param name="Picture">Belongs to whoever took the frame: the camera does not touch it again.</param>
/// <param name="Truth">What really is in front of the camera, where that is known.</param>
public sealed record CameraFrame(long Number, string Name, DateTimeOffset CapturedAt, Frame Picture, string? Truth);
