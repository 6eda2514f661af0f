using SockSort.Imaging;

namespace SockSort.Edge.Cameras;

/// <summary>One frame that a camera captured.</summary>
/// <param name="Number">Counted from 1 in the order of capture; a live camera leaves gaps where frames were dropped.</param>
/// <param name="Name">The picture's file name, or a name such as <c>socks.gif#12</c> if the frame has no file of its own.</param>
/// <param name="CapturedAt">When the frame was taken from the source, UTC.</param>
/// <param name="Picture">Belongs to whoever took the frame: the camera does not touch it again.</param>
/// <param name="Truth">True label of what the camera sees; null if it is not known.</param>
public sealed record CameraFrame(long Number, string Name, DateTimeOffset CapturedAt, Frame Picture, string? Truth);
