using System.Diagnostics;

namespace SockSort.Testing;

/// <summary>Waiting for a condition of another process or thread that raises no event of ours.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Returns when <paramref name="condition"/> holds; fails the test after <paramref name="timeout"/> (2 minutes by
    /// default, which only a busy machine comes near: a client that was refused waits up to half a minute before it tries again).
    /// </summary>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? timeout = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, timeout);

    /// <summary>As above, of a condition that is asked for.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? timeout = null)
    {
        var limit = timeout ?? TimeSpan.FromMinutes(2);
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Pause);
        while (!await condition())
        {
            if (clock.Elapsed > limit)
                Assert.Fail($"after {limit.TotalSeconds:0} s still not true: {what}");
            await timer.WaitForNextTickAsync();
        }
    }
}
