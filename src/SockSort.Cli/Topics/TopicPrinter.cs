using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>Prints a topic's records as they are appended, from all partitions or one.</summary>
/// <param name="output">Receives the bytes of the records unchanged, with a line feed after each.</param>
internal sealed class TopicPrinter(ILogReader reader, string topic, Stream output)
{
    private const int MaxRead = 500;

    /// <summary>Where to start; by default at the next record to be appended.</summary>
    public TopicStart Start { get; init; } = TopicStart.Latest;

    /// <summary>Ends at the current end of the topic instead of waiting for more records.</summary>
    public bool ExitAtEnd { get; init; }

    /// <summary>The largest number of records to print, at least 1.</summary>
    public long MaxRecords { get; init; } = long.MaxValue;

    /// <summary>The partition to print; null for all.</summary>
    public int? Partition { get; init; }

    public IRecordFormat Format { get; init; } = new LineFormat();

    /// <summary>Prints until the properties' limits are reached, or until cancelled: Ctrl-C is the ordinary end.</summary>
    /// <exception cref="LogException">The topic or the partition does not exist, or the log is damaged.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrintAllAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await output.FlushAsync(CancellationToken.None);
        }
    }

    private async Task PrintAllAsync(CancellationToken cancellationToken)
    {
        var next = reader.PartitionsOf(topic, Partition)
            .ToDictionary(part => part.Partition, part => Start.Of(reader, topic, part));
        for (var left = MaxRecords; left > 0;)
        {
            var version = reader.Version;
            var before = left;
            foreach (var partition in next.Keys.Order())
                left -= await PrintAsync(partition, next, left, cancellationToken);
            await output.FlushAsync(cancellationToken);
            if (left < before)
                continue;
            if (ExitAtEnd)
                return;
            await reader.WaitForChangeAsync(version, cancellationToken);
        }
    }

    /// <summary>Prints a batch and returns its number of records, at most <paramref name="left"/>.</summary>
    private async Task<int> PrintAsync(int partition, Dictionary<int, long> next, long left, CancellationToken cancellationToken)
    {
        if (left == 0)
            return 0;
        var records = reader.Read(topic, partition, next[partition], (int)Math.Min(left, MaxRead));
        using var lines = new MemoryStream();
        foreach (var record in records)
            Format.Write(record, lines);
        await output.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
        if (records.Count > 0)
            next[partition] = records[^1].Offset + 1;
        return records.Count;
    }
}
