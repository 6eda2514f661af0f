using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SockSort.Log;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Printing;

namespace SockSort.Sql.Engine.Queries;

/// <summary>Restores a query's offsets and state, and collects what of them has changed since the last commit.</summary>
/// <remarks>
/// The state belongs to one plan: its fingerprint lies with it. Where the plan differs, by another statement of the same id or another
/// version of the program, the state is left aside and the query is rebuilt from its topics.
/// </remarks>
internal sealed class DurableQuery
{
    // Changes with the layout of kept state.
    private const int FormatVersion = 2;

    private const int OwnNumber = 0;
    private const byte FingerprintPart = 0;
    private const byte PlacePart = 1;

    private readonly RunningQuery _query;
    private readonly List<IKeepsState> _operators;
    private readonly string _fingerprint;
    private Dictionary<Subscription, long> _committed = [];
    private bool _isNew;

    public DurableQuery(RunningQuery query)
    {
        _query = query;
        _operators = [.. query.Built.Sources.Cast<IKeepsState>(), .. query.Built.Operators.OfType<IKeepsState>()];
        _fingerprint = FingerprintOf(query);
    }

    /// <summary>What the user should know of what was kept; null for nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>Whether there is something to keep since the last commit.</summary>
    public bool HasChanges { get; private set; } = true;

    /// <summary>The query has worked on a record, or its time has gone on.</summary>
    public void Changed() => HasChanges = true;

    /// <summary>The offset of the next record as of the last commit; the first one where nothing of the query has been committed.</summary>
    public long CommittedOf(Subscription place) => _committed[place] is var next and >= 0 ? next : place.Begin;

    /// <summary>Restores offsets and state of the last commit; where there are none of this plan, the query stays as it is.</summary>
    /// <param name="log">Keeps them.</param>
    /// <param name="isForgotten">Whether what it has is another query's, and goes with the next commit.</param>
    public void Restore(ILog log, bool isForgotten)
    {
        var states = isForgotten ? [] : log.States(_query.Id);
        var kept = states.Count == 0 ? null : Encoding.UTF8.GetString(states[0].Value);
        _isNew = kept != _fingerprint;
        if (kept is not null && _isNew)
        {
            log.RemoveConsumer(_query.Id);
            foreach (var place in _query.Subscriptions)
                place.BeginAgainAt(log.FirstOffset(place.Topic, place.Partition));
            Note = $"what was kept of query {_query.Id} belongs to another statement or another version of the program: it is rebuilt "
                + "from the oldest records of its topics";
        }
        else if (!_isNew)
            Restore(log, states);
        foreach (var step in _operators)
            step.KeepState();
        _committed = _query.Subscriptions.ToDictionary(place => place, place => _isNew ? -1 : place.Next);
    }

    /// <summary>Collects what has changed since the last call.</summary>
    public void Save(StateWriter into, List<ConsumedOffset> offsets)
    {
        HasChanges = false;
        foreach (var place in _query.Subscriptions.Where(place => _committed[place] != place.Next))
        {
            offsets.Add(new(_query.Consumer, place.Topic, place.Partition, place.Next));
            _committed[place] = place.Next;
        }
        if (_isNew)
        {
            into.ForOperator(OwnNumber);
            into.Put(FingerprintPart, value => value.Write(Encoding.UTF8.GetBytes(_fingerprint)));
            foreach (var place in _query.Subscriptions)
                Save(place, into);
            if (_query.Output is { } output)
                offsets.AddRange(output.Begins.Select((begin, partition) =>
                    new ConsumedOffset(_query.Consumer, output.Topic, partition, begin)));
            _isNew = false;
        }
        for (var i = 0; i < _operators.Count; i++)
        {
            into.ForOperator(i + 1);
            _operators[i].SaveChanges(into);
        }
    }

    private void Restore(ILog log, IReadOnlyList<KeyValuePair<byte[], byte[]>> states)
    {
        foreach (var place in _query.Subscriptions)
            place.ResumeAt(log.CommittedOffset(_query.Consumer, place.Topic, place.Partition) ?? place.Next);
        if (_query.Output is { } output)
            _query.OutputBeginsAt([.. Enumerable.Range(0, output.Begins.Count)
                .Select(partition => log.CommittedOffset(_query.Consumer, output.Topic, partition) ?? 0)]);
        foreach (var (keyBytes, valueBytes) in states.Skip(1))
        {
            using var key = new BinaryReader(new MemoryStream(keyBytes, writable: false));
            using var value = new BinaryReader(new MemoryStream(valueBytes, writable: false));
            var (number, part) = (key.Read7BitEncodedInt(), key.ReadByte());
            if (number == OwnNumber)
                RestorePlace(key, value);
            else
                _operators[number - 1].Restore(part, key, value);
        }
    }

    private static void Save(Subscription place, StateWriter into) => into.Put(
        PlacePart,
        key =>
        {
            key.Write(place.Topic);
            key.Write(place.Partition);
        },
        value =>
        {
            value.Write(place.Begin);
            value.Write(place.WrittenUpTo);
        });

    private void RestorePlace(BinaryReader key, BinaryReader value)
    {
        var (topic, partition) = (key.ReadString(), key.ReadInt32());
        var (begin, writtenUpTo) = (value.ReadInt64(), value.ReadInt64());
        foreach (var place in _query.Subscriptions.Where(place => place.Topic == topic && place.Partition == partition))
            place.Restore(begin, writtenUpTo);
    }

    private static string FingerprintOf(RunningQuery query)
    {
        var plan = string.Create(CultureInfo.InvariantCulture, $"{FormatVersion}\n{query.Sql}\n{PlanText.Of(query.Plan)}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan)));
    }
}
