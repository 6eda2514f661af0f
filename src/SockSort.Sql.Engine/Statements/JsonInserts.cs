using System.Buffers;
using System.Text.Json;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine.Statements;

/// <summary>Reads rows that clients send as JSON objects, one for each record: <c>/inserts-stream</c>.</summary>
public sealed class JsonInserts
{
    private readonly DataSource _target;
    private readonly (IRowWriter Writer, int[] Slots) _key;
    private readonly (IRowWriter Writer, int[] Slots) _value;
    private readonly TimeProvider _time;
    private readonly List<SourceColumn> _columns;

    internal JsonInserts(DataSource target, TimeProvider time)
    {
        if (target.IsReadOnly)
            throw StatementErrors.ReadOnlySource(target.Name, target.KindName, "insert values into", SourceSpan.None);
        if (target.Window is not null)
            throw InsertErrors.IntoWindowed(target.Name, target.KindName, SourceSpan.None);
        OwnTopics.RefuseToWrite(target.Topic, SourceSpan.None);
        (_target, _time) = (target, time);
        _columns = [.. target.Schema.Keys, .. target.Schema.Values];
        _key = Writer(target.KeyFormat, target.Schema.Keys, 0, isKey: true);
        _value = Writer(target.ValueFormat, target.Schema.Values, target.Schema.Keys.Count, isKey: false);
    }

    /// <summary>The topic that the rows go to.</summary>
    public string Topic => _target.Topic;

    /// <summary>
    /// Reads one row. Columns that are absent are NULL; names are compared with the columns' as in records, and may stand in back-quotes or
    /// quotes.
    /// </summary>
    /// <exception cref="RecordException">The text is no JSON object, a field is no column, or a value does not fit.</exception>
    public NewRecord Read(ReadOnlyMemory<byte> json)
    {
        var row = new Slot[_columns.Count];
        try
        {
            using var document = JsonDocument.Parse(json);
            Fill(document.RootElement, row);
        }
        catch (JsonException error)
        {
            throw new RecordException($"not JSON: byte {error.BytePositionInLine} of line {error.LineNumber + 1}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new RecordException("a field's name or value is no text: half of a surrogate pair, or no UTF-8", error);
        }
        if (_target.IsTable && _target.Schema.Keys.Count > 0 && row.Take(_target.Schema.Keys.Count).All(part => part.IsNull))
            throw new RecordException($"field '{_target.Schema.Keys[0].Name}': the primary key of a table cannot be NULL");
        return NewRecord.Of(_time.GetUtcNow().ToUnixTimeMilliseconds(), Bytes(_key, row), Bytes(_value, row));
    }

    private static (IRowWriter Writer, int[] Slots) Writer(FormatSpec format, IReadOnlyList<SourceColumn> columns, int first, bool isKey) =>
        (RowFormats.Writer(
            format,
            [.. columns.Select((column, i) => new FormatColumn(column.Name, column.Type, i))],
            isKey), [.. Enumerable.Range(first, columns.Count)]);

    private static byte[]? Bytes((IRowWriter Writer, int[] Slots) part, Slot[] row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        return part.Writer.Write(Array.ConvertAll(part.Slots, slot => row[slot]), buffer)
            ? buffer.WrittenSpan.ToArray()
            : null;
    }

    private void Fill(JsonElement json, Slot[] row)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new RecordException("a JSON object is needed, with a field for each column");
        var isGiven = new bool[row.Length];
        foreach (var given in json.EnumerateObject())
        {
            var index = IndexOf(given.Name);
            if (isGiven[index])
                throw new RecordException($"field '{given.Name}': column {_columns[index].Name} is given twice");
            isGiven[index] = true;
            row[index] = Value(given, _columns[index]);
        }
    }

    /// <summary>Finds the column of a field; a misspelt name must not become a NULL.</summary>
    private int IndexOf(string name)
    {
        foreach (var meant in JsonCoercion.NamesOf(name))
        {
            if (_columns.FindIndex(column => column.Name == meant) is var index and >= 0)
                return index;
        }
        var known = string.Join(", ", _columns.Select(column => column.Name));
        throw new RecordException($"field '{name}': {_target.Name} has no such column, it has {known}");
    }

    private static Slot Value(JsonProperty given, SourceColumn column)
    {
        try
        {
            return Slot.FromObject(JsonCoercion.Convert(given.Value, column.Type));
        }
        catch (FormatException error)
        {
            throw new RecordException($"field '{given.Name}' of type {column.Type}: {error.Message}", error);
        }
    }
}
