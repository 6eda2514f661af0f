using System.Runtime.InteropServices;
using SockSort.Log;
using SockSort.Sql.Engine.Queries;
using SockSort.Sql.Engine.Scheduling.Ahead;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>
/// Reads topics for queries: those at the same place share one read, and those behind catch up in turns, without holding up the ones in
/// front.
/// </summary>
/// <param name="log">Is read.</param>
/// <param name="batchSize">The most records to read of a place in a round.</param>
/// <param name="ahead">Reads ahead; null where nothing is.</param>
/// <param name="beforeReading">Is called with the topic before the log is read: what has been written there so far is to be seen.</param>
internal sealed class TopicReads(ILog log, int batchSize, ReadAhead? ahead, Action<string> beforeReading)
{
    // What one that is behind reads in a round, in turns with the others that are: a millisecond or two of work. Less would mean to read
    // the same stored batch again and again.
    private const int BehindSize = 2000;

    // Memory for records that the next round uses again.
    private const int MostBuffers = 8;

    private static readonly Comparer<Subscription> ByPlace = Comparer<Subscription>.Create(Compare);

    private readonly List<RecordBatch> _buffers = [];
    private readonly RowSharing _sharing = new();
    private List<Subscription> _places = [];
    private int _turn;

    /// <summary>
    /// Reads what is there for those that can read, up to a batch for each place; notes which of them have nothing to read.
    /// </summary>
    /// <param name="queries">All queries; their places are not changed.</param>
    /// <param name="fail">Called with a query that cannot process a record, and the error; ends the query.</param>
    /// <returns>The readings, valid until the next call.</returns>
    /// <exception cref="LogException">The topics cannot be read.</exception>
    public List<TopicReading> Next(IReadOnlyList<RunningQuery> queries, Action<RunningQuery, Exception> fail)
    {
        FindPlaces(queries);
        ahead?.RoundBegins();
        if (_buffers.Count > MostBuffers)
            _buffers.RemoveRange(MostBuffers, _buffers.Count - MostBuffers);
        var readings = new List<TopicReading>();
        _turn = (_turn + 1) & int.MaxValue;
        for (ReadOnlySpan<Subscription> left = CollectionsMarshal.AsSpan(_places); !left.IsEmpty;)
        {
            var count = CountLike(left, (place, first) => place.Partition == first.Partition && place.Topic == first.Topic);
            Read(left[..count], readings, fail);
            left = left[count..];
        }
        return readings;
    }

    /// <summary>Finds the places of all queries that can read: by topic, partition and offset.</summary>
    private void FindPlaces(IReadOnlyList<RunningQuery> queries)
    {
        _places.Clear();
        foreach (var query in queries)
        {
            var canRead = query.CanRead;
            query.Silence.RoundBegins(canRead);
            if (canRead)
                _places.AddRange(query.Subscriptions);
        }
        if (_places.Count > 1)
            _places = [.. _places.Order(ByPlace)];
    }

    /// <param name="places">The places in one partition, those behind first.</param>
    private void Read(ReadOnlySpan<Subscription> places, List<TopicReading> readings, Action<RunningQuery, Exception> fail)
    {
        var (number, offsets) = (0, CountOffsets(places));
        for (var left = places; !left.IsEmpty; number++)
        {
            var offset = left[0].Next;
            var count = CountLike(left, (place, first) => place.Next == first.Next);
            Subscription[] here = [.. left[..count]];
            left = left[count..];
            var isBehind = !left.IsEmpty;
            if (isBehind && number != _turn % (offsets - 1) && MayWait(here))
                continue;
            // Who is behind reads only up to the next one's place, so that both go on together; and not so much that those in front wait.
            var most = isBehind ? (int)Math.Min(BehindSize, left[0].Next - offset) : batchSize;
            if (Read(here, most, isAlone: offsets == 1, buffer: readings.Count, fail) is { } reading)
                readings.Add(reading);
        }
    }

    /// <param name="here">Queries at one place.</param>
    /// <param name="most">The most records to read.</param>
    /// <param name="isAlone">Whether no others stand elsewhere in the partition.</param>
    /// <param name="buffer">The number of the memory to read into.</param>
    /// <param name="fail">See <see cref="Next"/>.</param>
    /// <returns>Null where there is nothing.</returns>
    private TopicReading? Read(Subscription[] here, int most, bool isAlone, int buffer, Action<RunningQuery, Exception> fail)
    {
        if (isAlone && ahead?.Take(here, () => beforeReading(here[0].Topic), Make) is { } known)
            return known;
        beforeReading(here[0].Topic);
        while (_buffers.Count <= buffer)
            _buffers.Add(new());
        var batch = _buffers[buffer];
        log.ReadInto(here[0].Topic, here[0].Partition, here[0].Next, most, batch);
        if (batch.Records.Count == 0)
            return null;
        CountMissed(here, batch.Records[0].Offset);
        if (isAlone && ahead?.TryBegin(here, batch, Make, out var begun) == true)
        {
            _buffers[buffer] = new();
            return begun;
        }
        return Make([new(batch.Records, Rows: null, 0, batch.Records.Count)], batch.IsFull);

        TopicReading Make(RecordRun[] runs, bool isFull)
        {
            _ = _sharing.Share([.. here.Select(place => place.Source.Reader)]);
            return new(here, runs, isFull, fail);
        }
    }

    private static int CountOffsets(ReadOnlySpan<Subscription> places)
    {
        var offsets = 1;
        for (var i = 1; i < places.Length; i++)
            offsets += places[i].Next == places[i - 1].Next ? 0 : 1;
        return offsets;
    }

    /// <summary>How many of the places, from the first on, are like the first.</summary>
    private static int CountLike(ReadOnlySpan<Subscription> places, Func<Subscription, Subscription, bool> areAlike)
    {
        var count = 1;
        while (count < places.Length && areAlike(places[count], places[0]))
            count++;
        return count;
    }

    private static int Compare(Subscription left, Subscription right)
    {
        var topics = string.CompareOrdinal(left.Topic, right.Topic);
        if (topics != 0)
            return topics;
        var partitions = left.Partition.CompareTo(right.Partition);
        return partitions == 0 ? left.Next.CompareTo(right.Next) : partitions;
    }

    /// <summary>
    /// Whether these places may wait for a later round. Not where a query reads other topics too, since it takes the records of all by
    /// their time.
    /// </summary>
    private static bool MayWait(Subscription[] behind)
    {
        if (Array.Exists(behind, place => place.Query.Subscriptions.Count > 1))
            return false;
        foreach (var place in behind)
            place.Query.Silence.RecordsWait();
        return true;
    }

    /// <summary>Counts records that retention has removed before they were read; the query goes on with the oldest that is there.</summary>
    private void CountMissed(Subscription[] places, long read)
    {
        if (places[0].Next >= read)
            return;
        // On Kafka the end of a transaction takes an offset, so that a gap alone does not tell.
        var first = Math.Min(read, log.FirstOffset(places[0].Topic, places[0].Partition));
        foreach (var place in places.Where(place => place.Next < first))
            place.Query.Built.Metrics.CountMissed(first - place.Next, QueryErrors.RecordsMissed(place.Topic, place.Next, first));
    }
}
