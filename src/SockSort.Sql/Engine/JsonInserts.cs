using System.Buffers;
using System.Text.Json;
using SockSort.Log;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Syntax;
using SockSort.Sql.Values;

namespace SockSort.Sql.Engine;

/// <summary>Rows that clients send as JSON objects, one for each record: <c>/inserts-stream</c>.</summary>
public sealed class JsonInserts
{
    private readonly DataSource _target;
    private readonly IRowReader _reader;
    private readonly (IRowWriter Writer, int[] Slots) _key;
    private readonly (IRowWriter Writer, int[] Slots) _value;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _columns;

    internal JsonInserts(DataSource target, TimeProvider time)
    {
        if (target.IsReadOnly)
            throw StatementErrors.ReadOnlySource(target.Name, target.KindName, "insert values into", SourceSpan.None);
        if (target.Window is not null)
            throw StatementErrors.InsertIntoWindowed(target.Name, target.KindName, SourceSpan.None);
        EngineCore.RefuseOwnTopic(target.Topic, SourceSpan.None);
        (_target, _time) = (target, time);
        SourceColumn[] all = [.. target.Schema.Keys, .. target.Schema.Values];
        _columns = [.. all.Select(column => column.Name)];
        _reader = new JsonRowReader([.. all.Select((column, i) => new FormatColumn(column.Name, column.Type, i))], isWrapped: true);
        _key = Writer(target.KeyFormat, target.Schema.Keys, 0, isKey: true);
        _value = Writer(target.ValueFormat, target.Schema.Values, target.Schema.Keys.Count, isKey: false);
    }

    /// <summary>The topic that the rows go to.</summary>
    public string Topic => _target.Topic;

    /// <summary>Columns that are absent are NULL; names are held against the columns' as in records.</summary>
    /// <exception cref="RecordException">No object, a field that is no column, or a value that does not fit.</exception>
    public NewRecord Read(ReadOnlySpan<byte> json)
    {
        CheckNames(json);
        var row = new Slot[_columns.Count];
        _reader.Read(json, row);
        if (_target.IsTable && _target.Schema.Keys.Where((_, i) => row[i].IsNull).FirstOrDefault() is { } missing)
            throw new RecordException($"field '{missing.Name}': the primary key of a table cannot be NULL");
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
        return part.Slots.Length > 0 && part.Writer.Write(Array.ConvertAll(part.Slots, slot => row[slot]), buffer)
            ? buffer.WrittenSpan.ToArray()
            : null;
    }

    /// <summary>A misspelt name must not become a NULL.</summary>
    private void CheckNames(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new RecordException("a JSON object is needed, with a field for each column");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!_columns.Contains(name) && !_columns.Contains(name.ToUpperInvariant()))
                    throw new RecordException($"field '{name}': {_target.Name} has no such column, it has {string.Join(", ", _columns)}");
                reader.Skip();
            }
        }
        catch (JsonException error)
        {
            throw new RecordException($"not JSON: byte {error.BytePositionInLine} of line {error.LineNumber + 1}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new RecordException("a field's name is no text: half of a surrogate pair, or no UTF-8", error);
        }
    }
}
