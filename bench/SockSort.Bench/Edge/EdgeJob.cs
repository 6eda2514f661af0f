namespace SockSort.Bench.Edge;

/// <summary>What the edge does with its frames, beyond a message for each.</summary>
/// <param name="Name">The same in words.</param>
/// <param name="KeepsFrames">Whether frames are kept by run and seq.</param>
/// <param name="IsWatched">Whether somebody watches the live view.</param>
public sealed record EdgeJob(string Name, bool KeepsFrames, bool IsWatched)
{
    public static readonly EdgeJob[] All =
    [
        new("picture to message", KeepsFrames: false, IsWatched: false),
        new("with frames kept", KeepsFrames: true, IsWatched: false),
        new("with frames kept and a viewer", KeepsFrames: true, IsWatched: true),
    ];
}
