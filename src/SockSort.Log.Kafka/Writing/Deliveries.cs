using Confluent.Kafka;

namespace SockSort.Log.Kafka.Writing;

/// <summary>Counts the records of a commit that Kafka has acknowledged. Called by the client library's thread.</summary>
/// <param name="appends">The number of appends of the commit.</param>
/// <param name="records">The number of their records.</param>
/// <param name="done">Called once, when the last record is acknowledged or has failed.</param>
internal sealed class Deliveries(int appends, int records, Action<Deliveries> done)
{
    private readonly long[] _first = [.. Enumerable.Repeat(-1L, appends)];
    private readonly long[] _end = new long[appends];
    private int _left = records;

    /// <summary>The offset of the first record of each append; -1 where nothing was appended, or it is not known.</summary>
    public long[] First => _first;

    /// <summary>The offset after the last record of each append.</summary>
    public long[] End => _end;

    /// <summary>The first failure; null if there was none.</summary>
    public DeliveryReport<byte[]?, byte[]?>? Failed { get; private set; }

    /// <summary>Why the library took no more records; null where it has taken all.</summary>
    public LogException? Refused { get; private set; }

    /// <summary>What to call for each record of an append.</summary>
    public Action<DeliveryReport<byte[]?, byte[]?>> Of(int append) => report =>
    {
        if (report.Error.IsError)
        {
            Failed ??= report;
        }
        else
        {
            // Records of one partition are acknowledged in their order.
            // Of a record whose acknowledgement was lost the brokers know that they have it, and not where.
            if (report.Offset.Value >= 0)
            {
                if (_first[append] < 0)
                    _first[append] = report.Offset.Value;
                _end[append] = report.Offset.Value + 1;
            }
        }
        Finish(1);
    };

    /// <summary>Takes records off that the library did not take.</summary>
    /// <param name="records">How many, at least one.</param>
    public void Refuse(int records, LogException error)
    {
        Refused = error;
        Finish(records);
    }

    private void Finish(int records)
    {
        if (Interlocked.Add(ref _left, -records) == 0)
            done(this);
    }
}
