using System.Buffers;
using System.Text;
using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Writes rows of plain values as JSON objects: the names stand ready, the values go between them.</summary>
internal sealed class JsonPlainRow(IReadOnlyList<FormatColumn> columns)
{
    // A longer text is not worth a buffer of its size.
    private const int MostTextLength = 1024;

    // What stands before each value: a brace or a comma, and the name.
    private readonly byte[][] _names =
    [
        .. columns.Select((column, i) => Encoding.UTF8.GetBytes(
            $"{(i == 0 ? '{' : ',')}\"{JsonEncodedText.Encode(column.Name, JsonText.Options.Encoder)}\":")),
    ];

    private readonly bool _mayBePlain = columns.All(column => column.Type.Base is SqlBaseType.String or SqlBaseType.Bigint
        or SqlBaseType.Integer or SqlBaseType.Double or SqlBaseType.Boolean or SqlBaseType.Date or SqlBaseType.Time
        or SqlBaseType.Timestamp);

    /// <returns>False where a value is more than plain; nothing has been written then.</returns>
    public bool TryWrite(Slot[] row, IBufferWriter<byte> into)
    {
        if (!_mayBePlain)
            return false;
        var room = into.GetSpan(RoomFor(row));
        var at = 0;
        for (var i = 0; i < _names.Length; i++)
        {
            _names[i].CopyTo(room[at..]);
            at += _names[i].Length;
            var length = Write(row[columns[i].Slot], columns[i].Type.Base, room[at..]);
            if (length == 0)
                return false;
            at += length;
        }
        room[at] = (byte)'}';
        into.Advance(at + 1);
        return true;
    }

    private static int Write(in Slot value, SqlBaseType type, Span<byte> into)
    {
        if (value.IsNull)
            return Copy("null"u8, into);
        return type switch
        {
            SqlBaseType.String => value.Ref is string { Length: <= MostTextLength } text ? JsonPlainText.Write(text, into) : 0,
            SqlBaseType.Double => JsonPlainText.Write(value.AsDouble, into),
            SqlBaseType.Boolean => Copy(value.Bits != 0 ? "true"u8 : "false"u8, into),
            _ => JsonPlainText.Write(value.Bits, into),
        };
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> into)
    {
        text.CopyTo(into);
        return text.Length;
    }

    private int RoomFor(Slot[] row)
    {
        var room = 1;
        for (var i = 0; i < _names.Length; i++)
        {
            room += _names[i].Length + JsonPlainText.MostBytes;
            if (row[columns[i].Slot].Ref is string text)
                room += Math.Min(text.Length, MostTextLength);
        }
        return room;
    }
}
