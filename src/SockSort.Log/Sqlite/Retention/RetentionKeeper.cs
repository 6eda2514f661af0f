using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Storage;
using SockSort.Log.Sqlite.Writing;

namespace SockSort.Log.Sqlite.Retention;

/// <summary>
/// Applies retention: removes the oldest batches and returns the file's free pages to the file system, in small steps, so that no append
/// waits long.
/// </summary>
/// <remarks>
/// Used on the writer's thread. Each step is a transaction of its own, so that it can make room on a full disk, on which no append
/// succeeds.
/// </remarks>
internal sealed class RetentionKeeper(SqliteConnection connection, WriterTopics topics, TimeProvider clock)
{
    private const int MaxBatches = 256;
    private const long MaxBytes = 16 << 20;

    // A topic that exceeds its retention by a sixteenth is checked without delay.
    private const int Tolerance = 16;

    // Pages of 4096 bytes: below 8 MiB, and below a quarter of the file, free pages are kept for the next records.
    private const long FewFreePages = 2048;
    private const int MostFreeShare = 4;
    private const int PagesAtOnce = 512;

    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    private DateTimeOffset _next;
    private bool _isDue;
    private bool _isShrinking;
    private long _removedRecords;
    private long _removedBytes;

    /// <summary>What was removed since the log was opened, and the last error. Thread-safe.</summary>
    public RetentionProgress Progress => new(Interlocked.Read(ref _removedRecords), Interlocked.Read(ref _removedBytes), Problem);

    private string? Problem { get; set; }

    /// <summary>Notes that a batch has been stored.</summary>
    public void Stored(WriterTopics.Topic topic, int partition, long lengthBytes)
    {
        if (topic.LengthBytes is not { } sizes)
            return;
        sizes[partition] += lengthBytes;
        _isDue |= topic.Retention.Bytes is { } most && sizes[partition] > most + (most / Tolerance);
    }

    /// <summary>Runs one step of the work that is due.</summary>
    /// <returns>True if another step is due at once.</returns>
    public bool Step()
    {
        var now = clock.GetUtcNow();
        if (!_isDue && now < _next && now > _next - MaxInterval - MaxInterval)
            return false;
        try
        {
            // Another process may have changed the retentions.
            topics.LoadRetentions();
            _isDue = RemoveSome(now) || Shrink();
            Problem = null;
        }
        catch (Exception error)
        {
            (_isDue, Problem) = (false, $"what is beyond its retention stays for now: {error.Message}");
        }
        _next = now + IntervalOf(topics);
        return _isDue;
    }

    private static TimeSpan IntervalOf(WriterTopics topics)
    {
        var interval = topics.All.Select(topic => topic.Retention.Time / 100 ?? MaxInterval).DefaultIfEmpty(MaxInterval).Min();
        if (interval < MinInterval)
            return MinInterval;
        return interval < MaxInterval ? interval : MaxInterval;
    }

    /// <returns>True after a step that removed as much as one step may.</returns>
    private bool RemoveSome(DateTimeOffset now)
    {
        foreach (var topic in topics.All.Where(topic => topic.Retention != TopicRetention.Everything))
        {
            for (var partition = 0; partition < topic.NextOffsets.Length; partition++)
            {
                if (RemoveSome(topic, partition, now))
                    return true;
            }
        }
        return false;
    }

    private bool RemoveSome(WriterTopics.Topic topic, int partition, DateTimeOffset now)
    {
        topic.LengthBytes ??=
        [
            .. Enumerable.Range(0, topic.NextOffsets.Length).Select(number => RetentionQueries.LengthBytes(connection, topic.Id, number)),
        ];
        var keptFromMs = topic.Retention.Time is { } time ? now.ToUnixTimeMilliseconds() - (long)time.TotalMilliseconds : long.MinValue;
        var (records, lengthBytes, count, end) = (0L, 0L, 0, 0L);
        foreach (var batch in RetentionQueries.Oldest(connection, topic.Id, partition, MaxBatches))
        {
            var isTooMuch = topic.LengthBytes[partition] - lengthBytes > topic.Retention.Bytes;
            if ((!isTooMuch && !IsOlder(batch, topic, partition, keptFromMs)) || lengthBytes >= MaxBytes)
                break;
            (records, lengthBytes, count, end) = (
                records + batch.Count, lengthBytes + batch.LengthBytes, count + 1, batch.BaseOffset + batch.Count);
        }
        if (count == 0)
            return false;
        RetentionQueries.RemoveBefore(connection, topic.Id, partition, end);
        topic.LengthBytes[partition] -= lengthBytes;
        _ = Interlocked.Add(ref _removedRecords, records);
        _ = Interlocked.Add(ref _removedBytes, lengthBytes);
        return count == MaxBatches || lengthBytes >= MaxBytes;
    }

    private bool IsOlder(RetentionQueries.OldBatch batch, WriterTopics.Topic topic, int partition, long keptFromMs) =>
        keptFromMs != long.MinValue
        && (batch.NewestMs ?? RetentionQueries.NewestOf(connection, batch.Id, new(topic.Name, partition, batch.BaseOffset))) < keptFromMs;

    /// <summary>
    /// Returns free pages to the file system if there are many. A file of an older version that was created without auto-vacuum keeps them.
    /// </summary>
    /// <returns>True if another step is due.</returns>
    private bool Shrink()
    {
        var free = connection.Scalar("PRAGMA freelist_count");
        if (free >= FewFreePages && free * MostFreeShare >= connection.Scalar("PRAGMA page_count"))
        {
            connection.RunAll($"PRAGMA incremental_vacuum({PagesAtOnce})");
            return _isShrinking = connection.Scalar("PRAGMA freelist_count") < free;
        }
        // The file itself shrinks only when the write-ahead log is checkpointed into it.
        if (_isShrinking)
            connection.RunAll("PRAGMA wal_checkpoint(PASSIVE)");
        return _isShrinking = false;
    }
}

/// <summary>What retention has removed since the log was opened.</summary>
/// <param name="Problem">Why nothing can be removed at the moment; null if all is well.</param>
public sealed record RetentionProgress(long RemovedRecords, long RemovedBytes, string? Problem);
