using SockSort.Log;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>Says when the log is tried again that could not be written or read; no query goes on before.</summary>
internal sealed class StorageRetry(IReadOnlyList<RunningQuery> queries, TimeProvider clock, EngineLog events)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Why nothing goes on; null where all is well.</summary>
    public StorageTrouble? Trouble { get; private set; }

    /// <summary>Whether it is too early for another try.</summary>
    public bool MustWait => Trouble?.RetryAt > clock.GetUtcNow();

    /// <summary>The log could not be written or read.</summary>
    public void Failed(LogException error)
    {
        if (Trouble is null)
            events.StorageLost(error.Message);
        Trouble = new(error.Message, clock.GetUtcNow() + RetryAfter);
        foreach (var query in queries)
            query.Built.Metrics.Report($"{error.Message}; tried again at {Trouble.RetryAt:HH:mm:ss} UTC");
    }

    /// <summary>
    /// The log could be written or read. While nothing could be stored nothing was read either: that is no silence, and closes no window.
    /// </summary>
    public void Succeeded()
    {
        if (Trouble is null)
            return;
        var now = clock.GetUtcNow();
        foreach (var query in queries)
        {
            query.Built.Metrics.Report($"{Trouble.Problem}; over since {now:HH:mm:ss} UTC");
            query.Silence.RestartAt(now);
        }
        Trouble = null;
        events.StorageBack();
    }
}
