using System.Diagnostics.CodeAnalysis;

namespace SockSort.Dashboard.Watching;

/// <summary>Values by id, of which the oldest are forgotten.</summary>
/// <param name="most">So many are kept.</param>
internal sealed class NewestOf<T>(int most)
{
    private readonly Dictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool TryGet(string id, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(id, out value);

    /// <summary>Gives a value that is wanted no more.</summary>
    public bool Remove(string id, [MaybeNullWhen(false)] out T value) => _values.Remove(id, out value);

    /// <summary>An id that is there keeps its place among them.</summary>
    public void Set(string id, T value)
    {
        if (!_values.ContainsKey(id))
            _order.Enqueue(id);
        _values[id] = value;
        while (_order.Count > most)
            _ = _values.Remove(_order.Dequeue());
    }
}
