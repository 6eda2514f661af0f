using System.Buffers;
using SockSort.Sql.Values;

namespace SockSort.Sql.Formats;

/// <summary>Makes the reader and writer of a key or value.</summary>
public static class RowFormats
{
    public static IRowReader Reader(FormatSpec format, IReadOnlyList<FormatColumn> columns, bool isKey) => format.Kind switch
    {
        FormatKind.Json => columns.Count == 0 ? new NothingReader() : new JsonRowReader(columns, IsWrapped(format, columns, isKey)),
        FormatKind.Delimited => columns.Count == 0 ? new NothingReader() : new DelimitedReader(columns, format.Delimiter),
        FormatKind.Kafka => columns.Count == 0 ? new NothingReader() : new KafkaReader(columns[0]),
        _ => new NothingReader(),
    };

    /// <remarks>A value without columns is an empty object or line, not NULL: that would be a tombstone.</remarks>
    public static IRowWriter Writer(FormatSpec format, IReadOnlyList<FormatColumn> columns, bool isKey) => format.Kind switch
    {
        _ when columns.Count == 0 && (isKey || format.Kind is FormatKind.Kafka or FormatKind.None) => new NothingWriter(),
        FormatKind.Json => new JsonRowWriter(columns, columns.Count == 0 || IsWrapped(format, columns, isKey)),
        FormatKind.Delimited => new DelimitedWriter(columns, format.Delimiter, isKey),
        FormatKind.Kafka => new KafkaWriter(columns[0]),
        _ => new NothingWriter(),
    };

    private static bool IsWrapped(FormatSpec format, IReadOnlyList<FormatColumn> columns, bool isKey) =>
        columns.Count > 1 || (format.IsWrapped ?? !isKey);

    private sealed class NothingReader : IRowReader
    {
        public void Read(ReadOnlySpan<byte> bytes, Slot[] row)
        {
        }
    }

    private sealed class NothingWriter : IRowWriter
    {
        public bool Write(Slot[] row, IBufferWriter<byte> into) => false;
    }
}
