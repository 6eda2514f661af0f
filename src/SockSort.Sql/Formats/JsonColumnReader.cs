using System.Text.Json;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Reads the value of a column, and names the column where the value is none of its type.</summary>
internal sealed class JsonColumnReader
{
    private readonly Utf8StringCache _strings = new();
    private readonly JsonValueReader _values;

    public JsonColumnReader() => _values = new(_strings);

    /// <summary>The text of a string without escapes.</summary>
    public string Text(ReadOnlySpan<byte> utf8) => _strings.Get(utf8);

    /// <inheritdoc cref="JsonValueReader.Read"/>
    /// <exception cref="RecordException">The value does not read as the column's type.</exception>
    public void Read(ref Utf8JsonReader reader, FormatColumn column, ref Slot slot)
    {
        try
        {
            _values.Read(ref reader, column.Type, ref slot);
        }
        catch (Exception error) when (error is FormatException or OverflowException or InvalidOperationException or FunctionException)
        {
            throw new RecordException(
                $"field '{column.Name}': {error.Message}", error, shown: $"field '{column.Name}' does not read as {column.Type}");
        }
    }
}
