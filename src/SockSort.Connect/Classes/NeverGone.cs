namespace SockSort.Connect.Classes;

/// <summary>The <see cref="ISinkTask.Gone"/> of destinations that are never lost by themselves.</summary>
internal static class NeverGone
{
    /// <summary>A task that never completes.</summary>
    public static Task Task { get; } = new TaskCompletionSource().Task;
}
