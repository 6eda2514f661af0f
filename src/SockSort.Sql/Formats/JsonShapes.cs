using System.Text.Json;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>The shapes of the records that have come last: see <see cref="JsonShape"/>.</summary>
internal sealed class JsonShapes
{
    private const int Most = 4;

    // A record without a field more or less than the one before costs as much to learn as to read: where hardly one comes again, no more
    // are learned.
    private const int FreeLessons = 64;
    private const int HitsForLesson = 8;

    // A record of hundreds of fields is no row of a table that somebody made by hand.
    private const int MostValues = 256;

    private readonly List<JsonShape> _shapes = new(Most);
    private long _hits;
    private long _lessons;

    /// <inheritdoc cref="JsonShape.TryRead"/>
    /// <param name="slots">The slots of all columns, which are NULL where the record holds no value.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, JsonColumnReader reader, Slot[] row, int[] slots)
    {
        for (var i = 0; i < _shapes.Count; i++)
        {
            foreach (var slot in slots)
                row[slot] = default;
            if (!TryRead(_shapes[i], bytes, reader, row))
                continue;
            if (i > 0)
                (_shapes[0], _shapes[i]) = (_shapes[i], _shapes[0]);
            _hits++;
            return true;
        }
        return false;
    }

    /// <summary>Learns the shape of a record.</summary>
    /// <param name="bytes">A record that has been read: one JSON object.</param>
    /// <param name="columnOf">The column of each field that is read, by the field's place in the object; null for others.</param>
    public void Learn(ReadOnlySpan<byte> bytes, List<FormatColumn?> columnOf)
    {
        if (_lessons++ > FreeLessons + (_hits / HitsForLesson) || columnOf.Count > MostValues)
            return;
        var reader = new Utf8JsonReader(bytes);
        var (values, before) = (new List<JsonShape.Value>(), 0);
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            _ = reader.Read();
            values.Add(new(bytes[before..(int)reader.TokenStartIndex].ToArray(), columnOf[values.Count]));
            reader.Skip();
            before = (int)reader.BytesConsumed;
        }
        if (_shapes.Count == Most)
            _shapes.RemoveAt(Most - 1);
        _shapes.Insert(0, new([.. values], bytes[before..(int)reader.BytesConsumed].ToArray()));
    }

    /// <summary>What does not read is left to the reader of whole records, which tells its first mistake, and where it is.</summary>
    private static bool TryRead(JsonShape shape, ReadOnlySpan<byte> bytes, JsonColumnReader reader, Slot[] row)
    {
        try
        {
            return shape.TryRead(bytes, reader, row);
        }
        catch (Exception error) when (error is JsonException or RecordException)
        {
            return false;
        }
    }
}
