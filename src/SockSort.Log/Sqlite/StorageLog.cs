using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SockSort.Log.Sqlite.Retention;
using SockSort.Log.Sqlite.Writing;
using SockSort.Shared;

namespace SockSort.Log.Sqlite;

/// <summary>Logs what becomes of a data folder's log: what can't be stored or read, and what took long, not each commit.</summary>
/// <param name="folder">Its absolute path.</param>
/// <param name="clock">Of what is told once a minute only.</param>
internal sealed class StorageLog(ILogger log, string folder, TimeProvider clock)
{
    /// <summary>
    /// A commit that takes longer is told of. A sync of a healthy disk takes 1 to 50 ms, and a group has at most 16 MiB: beyond this,
    /// publishers and queries wait where somebody notices.
    /// </summary>
    public static readonly TimeSpan SlowCommit = TimeSpan.FromMilliseconds(500);

    // Damaged places are read again and again, and may be many.
    private const int MostPlaces = 1000;

    private readonly GrowingCount _slow = new(clock);
    private readonly GrowingCount _removed = new(clock);
    private readonly ConcurrentDictionary<string, byte> _damaged = [];
    private string? _problem;
    private string? _retentionProblem;
    private long _slowCommits;

    public void Opened(string id) => log.Opened(folder, id);

    public void Closed() => log.Closed(folder);

    /// <summary>A group was stored. By the writer's thread, as the two after it.</summary>
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

    /// <summary>A group was not stored.</summary>
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

    /// <summary>Retention has had its turn.</summary>
    public void RetentionKept(RetentionProgress progress)
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

    /// <summary>A read has met what was not written so: once of each place. From any thread.</summary>
    public void Damaged(LogException error)
    {
        if (_damaged.Count < MostPlaces && _damaged.TryAdd(error.Message, 0))
            log.Damaged(folder, error.Message);
    }
}
