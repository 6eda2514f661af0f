using System.Runtime.CompilerServices;

namespace SockSort.Log;

/// <summary>Extension methods that read on top of a log's single reads.</summary>
public static class LogReading
{
    private const int BatchSize = 5000;

    /// <summary>All partitions of a topic, or only the given one.</summary>
    /// <exception cref="LogException">There is no such topic or partition.</exception>
    public static IReadOnlyList<PartitionInfo> PartitionsOf(this ILogReader log, string topic, int? partition)
    {
        var partitions = log.PartitionsOf(topic);
        if (partition is not { } wanted)
            return partitions;
        return wanted >= 0 && wanted < partitions.Count ? [partitions[wanted]] : throw LogErrors.Partition(topic, wanted, partitions.Count);
    }

    /// <summary>
    /// Reads the records of a partition in batches, from an offset to the partition's end at the time of the first batch. It does not wait
    /// for
    /// records that are appended later.
    /// </summary>
    public static IEnumerable<IReadOnlyList<LogRecord>> Batches(this ILogReader log, string topic, int partition, long from)
    {
        var end = log.EndOffset(topic, partition);
        for (var next = from; next < end
            && log.Read(topic, partition, next, BatchSize) is { Count: > 0 } records; next = records[^1].Offset + 1)
            yield return records;
    }

    /// <summary>
    /// Follows a partition: returns every record from an offset on, and waits for further ones. The topic need not exist yet.
    /// </summary>
    public static async IAsyncEnumerable<LogRecord> FollowAsync(
        this ILogReader log, string topic, int partition, long fromOffset, [
            EnumeratorCancellation,
        ] CancellationToken cancellationToken = default)
    {
        for (; ; )
        {
            var version = log.Version;
            var records = log.Read(topic, partition, fromOffset);
            foreach (var record in records)
                yield return record;
            if (records.Count > 0)
                fromOffset = records[^1].Offset + 1;
            else
                await log.WaitForChangeAsync(version, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until the record with this offset is appended to the partition.</summary>
    public static async Task WaitForAsync(
        this ILogReader log, string topic, int partition, long offset, CancellationToken cancellationToken = default)
    {
        for (; ; )
        {
            var version = log.Version;
            if (log.EndOffset(topic, partition) > offset)
                return;
            await log.WaitForChangeAsync(version, cancellationToken);
        }
    }
}
