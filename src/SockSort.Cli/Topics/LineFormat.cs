using System.Globalization;
using System.Text;
using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>Formats a record as a line of the requested parts, separated by tabs.</summary>
/// <remarks>Source of names, order and words: the default formatter of Kafka's console consumer.</remarks>
internal sealed class LineFormat : IRecordFormat
{
    private string _keySeparator = "\t";
    private string _headersSeparator = ",";
    private string _lineSeparator = "\n";
    private string _null = "null";
    private bool _printsTimestamp;
    private bool _printsPartition;
    private bool _printsOffset;
    private bool _printsHeaders;
    private bool _printsValue = true;

    /// <summary>The properties that <see cref="TrySet"/> accepts.</summary>
    public static IReadOnlyList<string> Properties { get; } =
    [
        "print.timestamp", "print.partition", "print.offset", "print.headers", "print.key", "print.value", "key.separator",
        "headers.separator", "line.separator", "null.literal",
    ];

    public bool PrintsKey { get; set; }

    /// <param name="property"><c>NAME=VALUE</c>.</param>
    /// <returns>False if there is no property of that name, or its value is not a boolean.</returns>
    public bool TrySet(string property)
    {
        var at = property.IndexOf('=');
        if (at < 0)
            return false;
        var (name, value) = (property[..at], property[(at + 1)..]);
        return TrySetText(name, value) || (bool.TryParse(value, out var flag) && TrySetFlag(name, flag));
    }

    public void Write(LogRecord record, MemoryStream into)
    {
        var parts = Parts(record).ToList();
        for (var index = 0; index < parts.Count; index++)
        {
            if (index > 0)
                Write(_keySeparator, into);
            into.Write(parts[index].Span);
        }
        Write(_lineSeparator, into);
    }

    private IEnumerable<ReadOnlyMemory<byte>> Parts(LogRecord record)
    {
        if (_printsTimestamp)
            yield return Bytes(string.Create(CultureInfo.InvariantCulture, $"CreateTime:{record.TimestampMs}"));
        if (_printsPartition)
            yield return Bytes(string.Create(CultureInfo.InvariantCulture, $"Partition:{record.Partition}"));
        if (_printsOffset)
            yield return Bytes(string.Create(CultureInfo.InvariantCulture, $"Offset:{record.Offset}"));
        if (_printsHeaders)
            yield return HeadersOf(record);
        if (PrintsKey)
            yield return record.Key ?? Bytes(_null);
        if (_printsValue)
            yield return record.Value ?? Bytes(_null);
    }

    private ReadOnlyMemory<byte> HeadersOf(LogRecord record)
    {
        if (record.Headers.Count == 0)
            return Bytes("NO_HEADERS");
        var line = new MemoryStream();
        foreach (var header in record.Headers)
        {
            if (line.Length > 0)
                Write(_headersSeparator, line);
            Write($"{header.Name}:", line);
            line.Write((header.Value ?? Bytes(_null)).Span);
        }
        return line.ToArray();
    }

    private bool TrySetFlag(string name, bool value)
    {
        switch (name)
        {
            case "print.timestamp":
                _printsTimestamp = value;
                return true;
            case "print.partition":
                _printsPartition = value;
                return true;
            case "print.offset":
                _printsOffset = value;
                return true;
            case "print.headers":
                _printsHeaders = value;
                return true;
            case "print.key":
                PrintsKey = value;
                return true;
            case "print.value":
                _printsValue = value;
                return true;
            default:
                return false;
        }
    }

    private bool TrySetText(string name, string value)
    {
        switch (name)
        {
            case "key.separator":
                _keySeparator = value;
                return true;
            case "headers.separator":
                _headersSeparator = value;
                return true;
            case "line.separator":
                _lineSeparator = value;
                return true;
            case "null.literal":
                _null = value;
                return true;
            default:
                return false;
        }
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static void Write(string text, MemoryStream into) => into.Write(Encoding.UTF8.GetBytes(text));
}
