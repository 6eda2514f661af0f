namespace SockSort.Edge.Cameras;

/// <param name="State">Whether it gives frames.</param>
/// <param name="Since">Since when it is in this state, UTC.</param>
/// <param name="Problem">Why it is away, without the camera's name and without secrets; null in the other states.</param>
public sealed record CameraStatus(CameraState State, DateTimeOffset Since, string? Problem = null);
