using System.Buffers;
using System.Text.Json;
using SockSort.Sql.Types;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Writes columns as a JSON object, or a single one bare.</summary>
/// <remarks>A row of plain values is put together directly, any other by the library's writer; both give the same bytes.</remarks>
/// <param name="writesPlainly">Whether plain rows are put together directly.</param>
internal sealed class JsonRowWriter(IReadOnlyList<FormatColumn> columns, bool isWrapped, bool writesPlainly = true) : IRowWriter
{
    private readonly JsonPlainRow? _plain = writesPlainly && isWrapped && columns.Count > 0 ? new(columns) : null;
    private readonly JsonEncodedText[] _names =
    [
        .. columns.Select(column => JsonEncodedText.Encode(column.Name, JsonText.Options.Encoder)),
    ];
    private readonly Utf8JsonWriter _writer = new(Stream.Null, JsonText.Options);

    public bool Write(Slot[] row, IBufferWriter<byte> into)
    {
        if (!isWrapped && row[columns[0].Slot].IsNull)
            return false;
        if (_plain?.TryWrite(row, into) == true)
            return true;
        _writer.Reset(into);
        if (isWrapped)
            WriteObject(row);
        else
            WriteValue(row[columns[0].Slot], columns[0].Type.Base);
        _writer.Flush();
        return true;
    }

    private void WriteObject(Slot[] row)
    {
        _writer.WriteStartObject();
        for (var i = 0; i < columns.Count; i++)
        {
            _writer.WritePropertyName(_names[i]);
            WriteValue(row[columns[i].Slot], columns[i].Type.Base);
        }
        _writer.WriteEndObject();
    }

    private void WriteValue(in Slot slot, SqlBaseType type)
    {
        if (slot.IsNull)
            _writer.WriteNullValue();
        else if (type is SqlBaseType.Bigint or SqlBaseType.Integer)
            _writer.WriteNumberValue(slot.Bits);
        else if (type == SqlBaseType.String)
            _writer.WriteStringValue((string)slot.Ref!);
        else
            JsonText.Write(_writer, slot.ToObject(type));
    }
}
