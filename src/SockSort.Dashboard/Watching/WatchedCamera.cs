using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;

namespace SockSort.Dashboard.Watching;

/// <summary>A camera that the dashboard shows.</summary>
/// <param name="Name">The name under which its messages and its status are published.</param>
/// <param name="Runner">Its loop.</param>
/// <param name="View">Its live view, which gives the pictures.</param>
public sealed record WatchedCamera(string Name, EdgeRunner Runner, LiveViewEndpoints View)
{
    /// <summary>How a phone becomes this camera; null if the camera is no phone.</summary>
    public PhoneDoor? Phone { get; init; }
}
