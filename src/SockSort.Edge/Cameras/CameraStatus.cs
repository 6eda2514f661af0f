namespace SockSort.Edge.Cameras;

/// <param name="State">Whether the camera delivers frames.</param>
/// <param name="Since">When the camera entered this state, UTC.</param>
/// <param name="Problem">Why the camera is away, without its name and without secrets; null in the other states.</param>
public sealed record CameraStatus(CameraState State, DateTimeOffset Since, string? Problem = null);
