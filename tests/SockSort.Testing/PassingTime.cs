using Microsoft.Extensions.Time.Testing;

namespace SockSort.Testing;

/// <summary>A fake clock that goes on while a test waits.</summary>
public static class PassingTime
{
    // Small, so that a few steps too many let nothing else run out of time.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Turns the clock on in small steps until <paramref name="waiting"/> is done. Once is not enough where another thread waits for the
    /// clock: it may begin to after that, and then waits for ever.
    /// </summary>
    public static async Task<T> PassUntilAsync<T>(this FakeTimeProvider time, Task<T> waiting)
    {
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(Step);
                return waiting.IsCompleted;
            },
            "what waits for the clock has come");
        return await waiting;
    }
}
