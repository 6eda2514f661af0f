using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using SockSort.Cli.Output;
using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>Appends a record for each line of a stream.</summary>
/// <param name="log">The log, opened for writing.</param>
/// <param name="topic">The topic; it is created with one partition if it does not exist.</param>
/// <param name="partition">The partition to append to; null for each record's own, which its key says.</param>
internal sealed class TopicProducer(ILog log, string topic, int? partition)
{
    // Records of one commit: enough to be fast, and few enough that a line typed by hand is not delayed.
    private const int MostTogether = 5000;

    private readonly RecordPlacer _placer = new(log);
    private readonly Dictionary<int, long> _first = [];
    private long _count;

    /// <summary>The key of every record; null for none, or for keys by <see cref="KeySeparator"/>.</summary>
    public byte[]? Key { get; init; }

    /// <summary>Separates each line's key from its value; null if the whole line is the value.</summary>
    public byte[]? KeySeparator { get; init; }

    /// <summary>The bytes that stand for a null value; null if there are none.</summary>
    public byte[]? NullMarker { get; init; }

    public IReadOnlyList<RecordHeader> Headers { get; init; } = [];

    /// <summary>The timestamp in milliseconds since 1970 UTC; null for the time of the append.</summary>
    public long? TimestampMs { get; init; }

    /// <summary>Reads to the end, or until cancelled; everything read by then is on disk.</summary>
    /// <exception cref="LogException">The partition does not exist, a record is too large, or the disk failed or is full.</exception>
    /// <exception cref="CommandException">A line has no key.</exception>
    public async Task<ProducedRecords> RunAsync(Stream input, CancellationToken cancel)
    {
        log.EnsureTopic(topic);
        var partitions = log.PartitionsOf(topic, partition).Count;
        List<NewRecord> records = [];
        await foreach (var line in LinesAsync(input, cancel))
        {
            if (line is not null && RecordOf(line) is { } record)
                records.Add(record);
            else if (line is not null)
                throw await NoKeyAsync(records);
            if (records.Count == MostTogether || (line is null && records.Count > 0))
                await AppendAsync(records);
        }
        return new(_count, _first, partitions);
    }

    /// <summary>The lines without their line ends; null whenever no further line is available yet.</summary>
    private static async IAsyncEnumerable<byte[]?> LinesAsync(Stream input, [EnumeratorCancellation] CancellationToken cancel)
    {
        var lines = PipeReader.Create(input);
        var isCompleted = false;
        while (!isCompleted)
        {
            var read = await lines.ReadAsync(cancel);
            var rest = read.Buffer;
            isCompleted = read.IsCompleted;
            while (TryTake(ref rest, isCompleted) is { } line)
                yield return line;
            lines.AdvanceTo(rest.Start, rest.End);
            yield return null;
            if (rest.Length > NewRecord.MostBytes)
                throw new CommandException($"a line is longer than a record may be ({NewRecord.MostBytes >> 20} MiB)");
        }
    }

    private async Task<CommandException> NoKeyAsync(List<NewRecord> records)
    {
        var number = _count + records.Count + 1;
        if (records.Count > 0)
            await AppendAsync(records);
        return new CommandException($"line {number} has no key: the separator is not in it; the lines before it are appended");
    }

    /// <remarks>
    /// Each partition has a commit of its own: on Kafka one of several would be a transaction, and would end those of a server.
    /// </remarks>
    private async Task AppendAsync(List<NewRecord> records)
    {
        var appends = partition is { } given ? [new TopicAppend(topic, given, records)] : _placer.Place(topic, records);
        var offsets = await Task.WhenAll(appends.Select(append => log.AppendAsync(topic, append.Records, append.Partition)));
        // Below 0 where the log does not know it.
        foreach (var (append, offset) in appends.Zip(offsets).Where(stored => stored.Second >= 0))
            _ = _first.TryAdd(append.Partition, offset);
        _count += records.Count;
        records.Clear();
    }

    /// <summary>
    /// Takes a line without its line end; null if no complete one is available. Text after the last line end counts as a line.
    /// </summary>
    private static byte[]? TryTake(ref ReadOnlySequence<byte> rest, bool isEnd)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return line is [.. var text, (byte)'\r'] ? text : line;
        }
        if (!isEnd || rest.IsEmpty)
            return null;
        var last = rest.ToArray();
        rest = rest.Slice(rest.End);
        return last;
    }

    /// <returns>Null if the line has no key.</returns>
    private NewRecord? RecordOf(byte[] line)
    {
        var (key, value) = (Key, line);
        if (KeySeparator is not null)
        {
            var at = line.AsSpan().IndexOf(KeySeparator);
            if (at < 0)
                return null;
            (key, value) = (line[..at], line[(at + KeySeparator.Length)..]);
        }
        var isNone = NullMarker is not null && value.AsSpan().SequenceEqual(NullMarker);
        return new NewRecord(NewRecord.Memory(key), NewRecord.Memory(isNone ? null : value), TimestampMs, Headers);
    }
}
