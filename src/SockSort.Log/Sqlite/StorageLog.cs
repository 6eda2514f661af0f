using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SockSort.Log.Sqlite.Retention;
using SockSort.Log.Sqlite.Writing;
using SockSort.Shared;

namespace SockSort.Log.Sqlite;

/// <summary>Logs what happens to the log of a data folder: failed reads and writes and slow commits, not each commit.</summary>
/// <param name="folder">The folder's absolute path.</param>
/// <param name="clock">Limits frequent events to one line a minute.</param>
internal sealed class StorageLog(ILogger log, string folder, TimeProvider clock)
{
    /// <summary>
    /// A commit that takes longer is logged. A sync of a healthy disk takes 1 to 50 ms, and a group has at most 16 MiB, so a longer commit
    /// delays publishers and queries noticeably.
    /// </summary>
    public static readonly TimeSpan SlowCommit = TimeSpan.FromMilliseconds(500);

    // Damaged batches are read again and again, and there may be many.
    private const int MostPlaces = 1000;

    private readonly GrowingCount _slow = new(clock);
    private readonly GrowingCount _removed = new(clock);
    private readonly ConcurrentDictionary<string, byte> _damaged = [];
    private string? _problem;
    private string? _retentionProblem;
    private long _slowCommits;

    public void Opened(string id) => log.Opened(folder, id);

    public void Closed() => log.Closed(folder);

    /// <summary>A group was stored. Called on the writer's thread, like the next two methods.</summary>
    public void Committed(IReadOnlyList<WriteRequest> group, TimeSpan took)
    {
        if (_problem is not null)
            log.WritesAgain(folder);
        _problem = null;
        if (took < SlowCommit || !_slow.IsNews(++_slowCommits))
            return;
        log.SlowCommit(
            folder, group.Sum(request => request.RecordCount), group.Sum(request => request.LengthBytes), (long)took.TotalMilliseconds,
            _slowCommits, (long)SlowCommit.TotalMilliseconds);
    }

    /// <summary>A group could not be stored.</summary>
    public void Failed(Exception error)
    {
        if (_problem == error.Message)
            return;
        _problem = error.Message;
        if (error is LogException { Kind: LogErrorKind.DiskFull })
            log.DiskFull(folder, error.Message);
        else
            log.WriteFailed(folder, error.Message);
    }

    /// <summary>A step of retention has run.</summary>
    public void RetentionApplied(RetentionProgress progress)
    {
        if (progress.RemovedRecords > 0 && _removed.IsNews(progress.RemovedRecords))
            log.RetentionRemoved(folder, progress.RemovedRecords, progress.RemovedBytes);
        if (progress.Problem == _retentionProblem)
            return;
        if (progress.Problem is { } problem)
            log.RetentionStuck(folder, problem);
        else
            log.RetentionHealed(folder);
        _retentionProblem = progress.Problem;
    }

    /// <summary>A read has found corrupt data; each place is logged once. Called on any thread.</summary>
    public void Damaged(LogException error)
    {
        if (_damaged.Count < MostPlaces && _damaged.TryAdd(error.Message, 0))
            log.Damaged(folder, error.Message);
    }
}
