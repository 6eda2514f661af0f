using SockSort.Log;
using SockSort.Sql.Engine.Queries;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>
/// Reads topics for queries: those at the same place share one read, and those behind catch up in turns, without holding up the ones in
/// front.
/// </summary>
internal sealed class TopicReads(ILog log)
{
    private const int BatchSize = 5000;

    // What one that is behind reads in a round, in turns with the others that are: a millisecond or two of work. Less would mean to read
    // the same stored batch again and again.
    private const int BehindSize = 2000;

    // Memory for records that the next round uses again.
    private const int MostBuffers = 8;

    private readonly List<RecordBatch> _buffers = [];
    private readonly RowSharing _sharing = new();
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
        foreach (var query in queries)
            query.Silence.RoundBegins(query.CanRead);
        var places = queries.Where(query => query.CanRead).SelectMany(query => query.Subscriptions)
            .GroupBy(subscription => (subscription.Topic, subscription.Partition))
            .OrderBy(group => group.Key.Topic, StringComparer.Ordinal).ThenBy(group => group.Key.Partition);
        if (_buffers.Count > MostBuffers)
            _buffers.RemoveRange(MostBuffers, _buffers.Count - MostBuffers);
        var readings = new List<TopicReading>();
        _turn = (_turn + 1) & int.MaxValue;
        foreach (var place in places)
        {
            var byOffset = place.GroupBy(subscription => subscription.Next).OrderBy(group => group.Key).ToList();
            for (var i = 0; i < byOffset.Count; i++)
            {
                var isBehind = i + 1 < byOffset.Count;
                if (isBehind && i != _turn % (byOffset.Count - 1) && MayWait(byOffset[i]))
                    continue;
                // Who is behind reads only up to the next one's place, so that both go on together; and not so much that those in front
                // wait.
                var most = isBehind ? (int)Math.Min(BehindSize, byOffset[i + 1].Key - byOffset[i].Key) : BatchSize;
                if (_buffers.Count == readings.Count)
                    _buffers.Add(new());
                log.ReadInto(place.Key.Topic, place.Key.Partition, byOffset[i].Key, most, _buffers[readings.Count]);
                var records = _buffers[readings.Count].Records;
                if (records.Count == 0)
                    continue;
                CountMissed(byOffset[i], records[0].Offset);
                Subscription[] here = [.. byOffset[i]];
                readings.Add(new(here, _sharing.Share(here), records, isFull: _buffers[readings.Count].IsFull, fail));
            }
        }
        return readings;
    }

    /// <summary>
    /// Whether these places may wait for a later round. Not where a query reads other topics too, since it takes the records of all by
    /// their time.
    /// </summary>
    private static bool MayWait(IEnumerable<Subscription> behind)
    {
        if (behind.Any(place => place.Query.Subscriptions.Count > 1))
            return false;
        foreach (var place in behind)
            place.Query.Silence.RecordsWait();
        return true;
    }

    /// <summary>Counts records that retention has removed before they were read; the query goes on with the oldest that is there.</summary>
    private static void CountMissed(IEnumerable<Subscription> places, long first)
    {
        foreach (var place in places.Where(place => place.Next < first))
            place.Query.Built.Metrics.CountMissed(first - place.Next, QueryErrors.RecordsMissed(place.Topic, place.Next, first));
    }
}
