using Confluent.Kafka;

namespace SockSort.Log.Kafka.Reading;

/// <summary>
/// Places whose end somebody has asked for without reading there, or whose topic does not exist yet: nothing is fetched there that would
/// tell of news, so their ends are looked at now and then. Thread-safe.
/// </summary>
internal sealed class LoosePlaces
{
    private static readonly long Lifetime = (long)TimeSpan.FromMinutes(5).TotalMilliseconds;

    private readonly Dictionary<TopicPartition, (long End, long AskedAt)> _places = [];

    /// <summary>Notes down a place and the end that was told.</summary>
    public void Add(TopicPartition place, long end)
    {
        lock (_places)
            _places[place] = (end, Environment.TickCount64);
    }

    public void Remove(TopicPartition place)
    {
        lock (_places)
            _ = _places.Remove(place);
    }

    /// <summary>The topics of places whose end has moved, or which nobody has asked for lately. These places are forgotten.</summary>
    /// <param name="end">Asks for the end of a place.</param>
    public IReadOnlyList<string> Changed(Func<TopicPartition, long> end)
    {
        KeyValuePair<TopicPartition, (long End, long AskedAt)>[] places;
        lock (_places)
            places = [.. _places];
        List<string> changed = [];
        foreach (var (place, known) in places)
        {
            // Who still waits for one that is too old asks again when woken.
            if (Environment.TickCount64 - known.AskedAt <= Lifetime && end(place) == known.End)
                continue;
            Remove(place);
            changed.Add(place.Topic);
        }
        return changed;
    }
}
