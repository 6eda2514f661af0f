namespace SockSort.Connect.Classes;

/// <summary>Of places that do not go by themselves.</summary>
internal static class NeverGone
{
    /// <summary>Never ends.</summary>
    public static Task Task { get; } = new TaskCompletionSource().Task;
}
