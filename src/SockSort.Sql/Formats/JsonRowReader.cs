using System.Text.Json;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Reads a JSON object (or a single bare value) straight into slots.</summary>
/// <remarks>
/// A field belongs to the column of its very name, else to that of its name in upper case. Records of one topic mostly look alike: those
/// that look like one of the last are read by its <see cref="JsonShape"/>, all others token by token, where the names seen at each position
/// of the last record are tried first.
/// </remarks>
/// <param name="learnsShapes">Whether shapes are used; both ways give the same rows and the same errors.</param>
internal sealed class JsonRowReader(IReadOnlyList<FormatColumn> columns, bool isWrapped, bool learnsShapes = true) : IRowReader
{
    private readonly JsonColumnReader _values = new();
    private readonly JsonShapes? _shapes = learnsShapes && isWrapped ? new() : null;
    private readonly List<FormatColumn?> _read = [];
    private readonly int[] _slots = [.. columns.Where(column => column.Slot >= 0).Select(column => column.Slot)];
    private readonly bool[] _isExact = new bool[columns.Count];
    private byte[][] _seenNames = new byte[16][];
    private int[] _seenColumns = new int[16];

    public void Read(ReadOnlySpan<byte> bytes, Slot[] row)
    {
        if (_shapes?.TryRead(bytes, _values, row, _slots) == true)
            return;
        foreach (var slot in _slots)
            row[slot] = default;
        var reader = new Utf8JsonReader(bytes);
        try
        {
            _ = reader.Read();
            if (!isWrapped)
                ReadBare(ref reader, row);
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                ReadObject(ref reader, row);
                if (reader.TokenType == JsonTokenType.EndObject)
                    _shapes?.Learn(bytes, _read);
            }
            else if (reader.TokenType != JsonTokenType.Null)
                throw new RecordException($"a JSON object is needed, but the record holds {JsonValueReader.Describe(reader.TokenType)}");
        }
        catch (JsonException error)
        {
            throw new RecordException($"not JSON: byte {error.BytePositionInLine} of line {error.LineNumber + 1}", error);
        }
    }

    private void ReadBare(ref Utf8JsonReader reader, Slot[] row)
    {
        if (columns[0].Slot >= 0)
            _values.Read(ref reader, columns[0], ref row[columns[0].Slot]);
    }

    private void ReadObject(ref Utf8JsonReader reader, Slot[] row)
    {
        Array.Clear(_isExact);
        _read.Clear();
        for (var position = 0; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; position++)
        {
            var found = ColumnAt(position, ref reader, out var isExact);
            _ = reader.Read();
            if (found < 0 || columns[found].Slot < 0 || (!isExact && _isExact[found]))
            {
                _read.Add(null);
                reader.Skip();
                continue;
            }
            if (isExact)
                _isExact[found] = true;
            _read.Add(columns[found]);
            _values.Read(ref reader, columns[found], ref row[columns[found].Slot]);
        }
    }

    /// <summary>Finds the column of a field. Bit 30 of a remembered column says that the name matched exactly.</summary>
    private int ColumnAt(int position, ref Utf8JsonReader reader, out bool isExact)
    {
        const int Exact = 1 << 30;
        if (position >= _seenNames.Length)
            (_seenNames, _seenColumns) = (Grown(_seenNames), Grown(_seenColumns));
        var name = reader.ValueSpan;
        if (!(_seenNames[position] is { } seen && name.SequenceEqual(seen)))
        {
            var (column, exact) = Lookup(reader.GetString()!);
            _seenNames[position] = name.ToArray();
            var found = exact ? column | Exact : column;
            _seenColumns[position] = column < 0 ? -1 : found;
        }
        var remembered = _seenColumns[position];
        isExact = remembered >= 0 && (remembered & Exact) != 0;
        return remembered < 0 ? -1 : remembered & ~Exact;
    }

    private static T[] Grown<T>(T[] array)
    {
        Array.Resize(ref array, array.Length * 2);
        return array;
    }

    private (int Column, bool IsExact) Lookup(string name)
    {
        var upper = name.ToUpperInvariant();
        var match = -1;
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i].Name == name)
                return (i, true);
            if (columns[i].Name == upper)
                match = i;
        }
        return (match, false);
    }
}
