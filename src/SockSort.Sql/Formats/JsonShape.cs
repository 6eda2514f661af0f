using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>
/// What records of one program have in common: all bytes between the values of a JSON object, names included. A record that has the same
/// ones is read value by value, without looking for names.
/// </summary>
/// <param name="values">The values in the order in which they stand in the record.</param>
/// <param name="end">What follows the last value, up to the object's closing brace.</param>
internal sealed class JsonShape(JsonShape.Value[] values, byte[] end)
{
    // A value that is read by itself lies one level less deep than in its record, where the reader's limit is 64.
    private static readonly JsonReaderOptions Nested = new() { MaxDepth = 63 };

    /// <param name="Before">The bytes between the value before and this one.</param>
    /// <param name="Column">The column that it belongs to; null where it is left out.</param>
    internal readonly record struct Value(byte[] Before, FormatColumn? Column);

    /// <summary>Reads a record of this shape.</summary>
    /// <param name="bytes">The record.</param>
    /// <param name="reader">Reads values that are more than plain.</param>
    /// <param name="row">The row, whose slots are NULL; some may have been set where the record turns out not to be of this shape.</param>
    /// <returns>False where the record has another shape, or is not JSON.</returns>
    /// <exception cref="RecordException">A value does not read as its column's type.</exception>
    /// <exception cref="JsonException">A value is not JSON; where in the record is not told.</exception>
    public bool TryRead(ReadOnlySpan<byte> bytes, JsonColumnReader reader, Slot[] row)
    {
        var rest = bytes;
        foreach (ref readonly var value in values.AsSpan())
        {
            if (!rest.StartsWith(value.Before))
                return false;
            rest = rest[value.Before.Length..];
            var length = value.Column is { } column ? Take(rest, column, reader, ref row[column.Slot]) : Pass(rest);
            if (length == 0)
                return false;
            rest = rest[length..];
        }
        return rest.StartsWith(end);
    }

    /// <summary>Reads the value that begins here into its slot.</summary>
    /// <returns>Its length; 0 where it is not JSON.</returns>
    private static int Take(ReadOnlySpan<byte> bytes, FormatColumn column, JsonColumnReader reader, ref Slot slot)
    {
        if (bytes.Length == 0)
            return 0;
        if (bytes[0] == '"')
        {
            var length = JsonScan.PlainLength(bytes[1..]);
            if (column.Type.Base == SqlBaseType.String && length + 1 < bytes.Length && bytes[length + 1] == '"')
            {
                slot = Slot.Of(reader.Text(bytes.Slice(1, length)));
                return length + 2;
            }
        }
        else if (JsonScan.NumberLength(bytes) is var length and > 0)
            return TakeNumber(bytes[..length], column, reader, ref slot);
        var json = new Utf8JsonReader(bytes, Nested);
        _ = json.Read();
        reader.Read(ref json, column, ref slot);
        return (int)json.BytesConsumed;
    }

    private static int TakeNumber(ReadOnlySpan<byte> number, FormatColumn column, JsonColumnReader reader, ref Slot slot)
    {
        if (column.Type.Base == SqlBaseType.Double && JsonPlainNumber.TryDouble(number, out var real))
            slot = Slot.Of(real);
        else if (column.Type.Base == SqlBaseType.Bigint && JsonPlainNumber.TryLong(number, out var whole))
            slot = Slot.Of(whole);
        else if (column.Type.Base == SqlBaseType.Integer && JsonPlainNumber.TryLong(number, out whole))
            slot = Slot.Of((long)unchecked((int)whole));
        else
        {
            var json = new Utf8JsonReader(number);
            _ = json.Read();
            reader.Read(ref json, column, ref slot);
        }
        return number.Length;
    }

    /// <summary>The length of the value that begins here; 0 where it is not JSON.</summary>
    private static int Pass(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
            return 0;
        if (bytes[0] == '"')
        {
            var length = JsonScan.PlainLength(bytes[1..]);
            if (length + 1 < bytes.Length && bytes[length + 1] == '"')
                return length + 2;
        }
        else if (JsonScan.NumberLength(bytes) is var length and > 0)
            return length;
        var json = new Utf8JsonReader(bytes, Nested);
        _ = json.Read();
        json.Skip();
        return (int)json.BytesConsumed;
    }
}
