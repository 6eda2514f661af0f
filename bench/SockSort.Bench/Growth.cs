using System.Diagnostics;

namespace SockSort.Bench;

/// <summary>Waits for what others count.</summary>
internal static class Growth
{
    /// <summary>Waits until a count is reached, or does not grow any more.</summary>
    /// <param name="countAsync">Looks at the count.</param>
    /// <param name="wanted">Enough.</param>
    /// <param name="patience">How long it may stay as it is.</param>
    /// <param name="pause">Between two looks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The count, and when it last grew: a timestamp of <see cref="Stopwatch"/>.</returns>
    public static async Task<(long Count, long GrownAt)> WaitAsync(
        Func<Task<long>> countAsync, long wanted, TimeSpan patience, TimeSpan pause, CancellationToken cancellation)
    {
        var (count, grownAt) = (0L, Stopwatch.GetTimestamp());
        while (true)
        {
            var now = await countAsync();
            if (now > count)
                (count, grownAt) = (now, Stopwatch.GetTimestamp());
            if (count >= wanted || Stopwatch.GetElapsedTime(grownAt) >= patience)
                return (count, grownAt);
            await Task.Delay(pause, cancellation);
        }
    }
}
