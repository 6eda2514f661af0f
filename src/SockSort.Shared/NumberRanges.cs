namespace SockSort.Shared;

/// <summary>A set of numbers, kept as its ranges: small where most of the numbers follow each other. Not thread-safe.</summary>
public sealed class NumberRanges
{
    // Ascending, and at least one number apart.
    private readonly List<(long First, long Last)> _ranges = [];

    /// <summary>Ascending, with a gap between each two.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges => _ranges;

    /// <summary>The highest number; null where there is none.</summary>
    public long? Highest => _ranges.Count == 0 ? null : _ranges[^1].Last;

    public bool Contains(long number) => IndexOf(number) >= 0;

    /// <returns>False where it is there already.</returns>
    public bool Add(long number)
    {
        if (Contains(number))
            return false;
        Add(number, number);
        return true;
    }

    public void Add(long first, long last)
    {
        if (last < first)
            return;
        var begin = Following(first - 1);
        var end = begin;
        while (end < _ranges.Count && _ranges[end].First <= last + 1)
        {
            (first, last) = (Math.Min(first, _ranges[end].First), Math.Max(last, _ranges[end].Last));
            end++;
        }
        _ranges.RemoveRange(begin, end - begin);
        _ranges.Insert(begin, (first, last));
    }

    public void Remove(long first, long last)
    {
        for (var index = Following(first); index < _ranges.Count && _ranges[index].First <= last;)
        {
            var range = _ranges[index];
            _ranges.RemoveAt(index);
            if (range.Last > last)
                _ranges.Insert(index, (last + 1, range.Last));
            if (range.First < first)
                _ranges.Insert(index++, (range.First, first - 1));
        }
    }

    public void Clear() => _ranges.Clear();

    /// <summary>How many numbers from <paramref name="first"/> to <paramref name="last"/> are in the set.</summary>
    public long CountWithin(long first, long last)
    {
        var count = 0L;
        for (var index = Following(first); index < _ranges.Count && _ranges[index].First <= last; index++)
            count += Math.Min(last, _ranges[index].Last) - Math.Max(first, _ranges[index].First) + 1;
        return count;
    }

    /// <summary>The ranges of what is not in the set, from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public IEnumerable<(long First, long Last)> Gaps(long first, long last)
    {
        for (var index = Following(first); index < _ranges.Count && _ranges[index].First <= last; index++)
        {
            if (_ranges[index].First > first)
                yield return (first, _ranges[index].First - 1);
            first = _ranges[index].Last + 1;
        }
        if (first <= last)
            yield return (first, last);
    }

    private int IndexOf(long number)
    {
        var index = Following(number);
        return index < _ranges.Count && _ranges[index].First <= number ? index : -1;
    }

    /// <summary>Index of the first range that does not end before a number.</summary>
    private int Following(long number)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].Last < number)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
