using System.Collections;
using SockSort.Sql.Engine.State;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Pull;

/// <summary>An answer's rows as bytes; each becomes objects when it is read.</summary>
/// <remarks>
/// Rows as objects, a hundred thousand at a time, would be moved and gone through by the collector while all others stand still.
/// </remarks>
/// <param name="types">The types of the columns.</param>
internal sealed class PackedRows(IReadOnlyList<SqlBaseType> types) : IReadOnlyList<object?[]>
{
    // Larger arrays are large objects, of which a few make the collector go through all memory.
    private const int PageBytes = 48 << 10;

    private readonly List<(byte[] Bytes, int Rows)> _pages = [];
    private readonly MemoryStream _open = new();
    private BinaryWriter? _writer;
    private int _openRows;
    private long _pagedBytes;

    public int Count { get; private set; }

    /// <summary>The bytes that the rows take.</summary>
    public long Bytes => _pagedBytes + _open.Length;

    public object?[] this[int index] => this.Skip(index).First();

    public void Add(object?[] row)
    {
        _writer ??= new(_open);
        foreach (var value in row)
            ValueCodec.Write(_writer, Slot.FromObject(value));
        Count++;
        _openRows++;
        if (_open.Length >= PageBytes)
            EndPage();
    }

    public IEnumerator<object?[]> GetEnumerator()
    {
        EndPage();
        foreach (var (bytes, rows) in _pages)
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            for (var i = 0; i < rows; i++)
                yield return Row(reader);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void EndPage()
    {
        if (_openRows == 0)
            return;
        _pages.Add((_open.ToArray(), _openRows));
        _pagedBytes += _open.Length;
        _open.SetLength(0);
        _openRows = 0;
    }

    private object?[] Row(BinaryReader from)
    {
        var row = new object?[types.Count];
        for (var i = 0; i < row.Length; i++)
            row[i] = ValueCodec.ReadSlot(from).ToObject(types[i]);
        return row;
    }
}
