namespace SockSort.Sql.Engine.Pull;

/// <summary>Rows in the order of their keys' bytes, unsigned. Not for several threads, but for what was taken.</summary>
/// <remarks>
/// The rows lie in leaves. A leaf that somebody has taken is copied before it changes: to take all rows costs a list of the leaves, and who
/// has taken them may read on as long as he likes.
/// </remarks>
internal sealed class OrderedRows
{
    // Few enough that a copy costs less than a microsecond.
    private const int LeafSize = 256;

    private readonly List<Leaf> _leaves = [new(LeafSize, age: 0)];

    // How often all rows have been taken: leaves of an earlier age are not ours alone.
    private int _age;

    public int Count { get; private set; }

    public KeptRow? Find(ReadOnlySpan<byte> key)
    {
        var leaf = _leaves[LeafOf(key)];
        var at = leaf.IndexOf(key);
        return at < 0 ? null : leaf.Rows[at];
    }

    /// <returns>The row of the same key that it replaces; null for none.</returns>
    public KeptRow? Set(KeptRow row)
    {
        var leaf = Own(LeafOf(row.Key));
        var at = leaf.IndexOf(row.Key);
        if (at >= 0)
        {
            var old = leaf.Rows[at];
            leaf.Rows[at] = row;
            return old;
        }
        if (leaf.Count == LeafSize)
        {
            Split(LeafOf(row.Key));
            return Set(row);
        }
        leaf.Insert(~at, row);
        Count++;
        return null;
    }

    /// <returns>The row that is gone; null where there was none.</returns>
    public KeptRow? Remove(ReadOnlySpan<byte> key)
    {
        var number = LeafOf(key);
        var at = _leaves[number].IndexOf(key);
        if (at < 0)
            return null;
        var leaf = Own(number);
        var old = leaf.Rows[at];
        leaf.RemoveAt(at);
        Count--;
        if (leaf.Count == 0 && _leaves.Count > 1)
            _leaves.RemoveAt(number);
        return old;
    }

    /// <summary>All rows of this moment, whatever changes later; to be read on any thread.</summary>
    public IEnumerable<KeptRow> Take()
    {
        _age++;
        return Read([.. _leaves]);
    }

    private static IEnumerable<KeptRow> Read(Leaf[] leaves)
    {
        foreach (var leaf in leaves)
        {
            for (var i = 0; i < leaf.Count; i++)
                yield return leaf.Rows[i];
        }
    }

    /// <summary>The number of the last leaf that begins at the key or before it, or the first one.</summary>
    private int LeafOf(ReadOnlySpan<byte> key)
    {
        var (first, last) = (0, _leaves.Count - 1);
        while (first < last)
        {
            var middle = (first + last + 1) / 2;
            if (_leaves[middle].Rows[0].Key.AsSpan().SequenceCompareTo(key) <= 0)
                first = middle;
            else
                last = middle - 1;
        }
        return first;
    }

    private Leaf Own(int number)
    {
        var leaf = _leaves[number];
        return leaf.Age == _age ? leaf : _leaves[number] = leaf.Part(0, leaf.Count, _age);
    }

    private void Split(int number)
    {
        var full = _leaves[number];
        _leaves[number] = full.Part(0, LeafSize / 2, _age);
        _leaves.Insert(number + 1, full.Part(LeafSize / 2, LeafSize, _age));
    }

    private sealed class Leaf(int size, int age)
    {
        public readonly KeptRow[] Rows = new KeptRow[size];

        public int Age => age;

        public int Count { get; private set; }

        /// <returns>Below zero where there is no such key: the complement of its place.</returns>
        public int IndexOf(ReadOnlySpan<byte> key)
        {
            var (first, last) = (0, Count - 1);
            while (first <= last)
            {
                var middle = (first + last) / 2;
                var order = Rows[middle].Key.AsSpan().SequenceCompareTo(key);
                if (order == 0)
                    return middle;
                if (order < 0)
                    first = middle + 1;
                else
                    last = middle - 1;
            }
            return ~first;
        }

        public void Insert(int at, KeptRow row)
        {
            Array.Copy(Rows, at, Rows, at + 1, Count - at);
            Rows[at] = row;
            Count++;
        }

        public void RemoveAt(int at)
        {
            Array.Copy(Rows, at + 1, Rows, at, --Count - at);
            Rows[Count] = null!;
        }

        /// <summary>A leaf of its own with some of the rows.</summary>
        public Leaf Part(int from, int to, int age)
        {
            var part = new Leaf(Rows.Length, age) { Count = to - from };
            Array.Copy(Rows, from, part.Rows, 0, to - from);
            return part;
        }
    }
}
