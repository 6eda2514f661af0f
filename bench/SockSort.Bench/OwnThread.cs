namespace SockSort.Bench;

/// <summary>Work that would keep a thread of the pool, which is the measured program's.</summary>
internal static class OwnThread
{
    public static Task RunAsync(Action work, CancellationToken cancellation = default) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
