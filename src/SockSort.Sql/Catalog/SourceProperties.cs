using System.Globalization;
using SockSort.Sql.Formats;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Catalog;

/// <summary>The settings of a <c>WITH</c> clause of a stream, table or query.</summary>
public sealed class SourceProperties
{
    // What a TimeSpan holds.
    private const long MaxMilliseconds = long.MaxValue / TimeSpan.TicksPerMillisecond;

    private static readonly string[] Known =
    [
        "KAFKA_TOPIC", "FORMAT", "KEY_FORMAT", "VALUE_FORMAT", "PARTITIONS", "REPLICAS", "TIMESTAMP", "TIMESTAMP_FORMAT",
        "WRAP_SINGLE_VALUE",
        "KEY_DELIMITER", "VALUE_DELIMITER", "WINDOW_TYPE", "WINDOW_SIZE", "RETENTION_MS", "KEY_SCHEMA_ID", "VALUE_SCHEMA_ID",
        "SOURCED_BY_CONNECTOR",
        "KEY_SCHEMA_FULL_NAME", "VALUE_SCHEMA_FULL_NAME", "VALUE_AVRO_SCHEMA_FULL_NAME", "KEY_PROTOBUF_NULLABLE_REPRESENTATION",
        "VALUE_PROTOBUF_NULLABLE_REPRESENTATION", "CLEANUP_POLICY", "RETENTION_BYTES",
    ];

    private readonly Dictionary<string, Property> _items = new(StringComparer.Ordinal);

    /// <exception cref="SqlException">A setting is unknown, stands twice, or its value cannot be.</exception>
    public SourceProperties(PropertyList list)
    {
        Span = list.Span;
        foreach (var item in list.Items)
        {
            var name = item.Name.ToUpperInvariant();
            if (!Known.Contains(name))
                throw CatalogErrors.UnknownProperty(item.Name, Known, item.Span);
            if (!_items.TryAdd(name, item))
                throw CatalogErrors.DoubleProperty(item.Name, item.Span);
        }
        if (Has("FORMAT") && (Has("KEY_FORMAT") || Has("VALUE_FORMAT")))
            throw CatalogErrors.FormatTwice(_items["FORMAT"].Span);
    }

    /// <summary>Reads all values once, so that a wrong one is told before what follows WITH.</summary>
    /// <exception cref="SqlException">The first value that cannot be, in the order written.</exception>
    public void CheckValues()
    {
        foreach (var name in _items.Keys)
            _ = ValueOf(name);
    }

    private object? ValueOf(string name) => name switch
    {
        "PARTITIONS" => Partitions,
        "RETENTION_MS" or "RETENTION_BYTES" => Most(name),
        "FORMAT" or "KEY_FORMAT" or "VALUE_FORMAT" => Format(name),
        "KEY_DELIMITER" or "VALUE_DELIMITER" => Delimiter(name),
        "WRAP_SINGLE_VALUE" => WrapsSingleValue,
        _ => null,
    };

    /// <summary>The settings as text, in the order written, of a statement that may have any: a connector's.</summary>
    /// <exception cref="SqlException">One is given twice.</exception>
    public static Dictionary<string, string> TextsOf(PropertyList list)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (!texts.TryAdd(item.Name, item.Value is StringLiteral text ? text.Value : item.Value.ToString()))
                throw CatalogErrors.DoubleProperty(item.Name, item.Span);
        }
        return texts;
    }

    public SourceSpan Span { get; }

    public string? Topic => Text("KAFKA_TOPIC");

    public int? Partitions => Number("PARTITIONS", least: 1);

    /// <summary>Whether the statement says how much of the topic is kept; else all of it is.</summary>
    public bool HasRetention => Has("RETENTION_MS") || Has("RETENTION_BYTES");

    /// <summary>How long the topic's records are kept; null for ever.</summary>
    public TimeSpan? RetentionTime =>
        Most("RETENTION_MS") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>Most bytes of a partition of the topic that are kept; null for any number.</summary>
    public long? RetentionBytes => Most("RETENTION_BYTES");

    public FormatKind? KeyKind => Format("FORMAT") ?? Format("KEY_FORMAT");

    public FormatKind? ValueKind => Format("FORMAT") ?? Format("VALUE_FORMAT");

    public char? KeyDelimiter => Delimiter("KEY_DELIMITER");

    public char? ValueDelimiter => Delimiter("VALUE_DELIMITER");

    public bool? WrapsSingleValue => _items.TryGetValue("WRAP_SINGLE_VALUE", out var item) ? Boolean(item) : null;

    /// <summary>The column's name as an identifier: bare words in upper case.</summary>
    public string? TimestampColumn => Text("TIMESTAMP") is { } text ? Identifier(text) : null;

    public string? TimestampFormat => Text("TIMESTAMP_FORMAT");

    public SourceSpan SpanOf(string name) => _items.TryGetValue(name, out var item) ? item.Span : Span;

    public bool Has(string name) => _items.ContainsKey(name);

    /// <exception cref="SqlException">The two settings do not fit together.</exception>
    public WindowType? Window()
    {
        if (Text("WINDOW_TYPE") is not { } text)
            return Has("WINDOW_SIZE")
                ? throw CatalogErrors.WrongProperty("WINDOW_SIZE", "it needs WINDOW_TYPE", SpanOf("WINDOW_SIZE"))
                : null;
        if (!Enum.TryParse<WindowKind>(text, ignoreCase: true, out var kind))
            throw CatalogErrors.WrongProperty(
                "WINDOW_TYPE", $"'{text}' is no window; write TUMBLING, HOPPING or SESSION", SpanOf("WINDOW_TYPE"));
        if (kind == WindowKind.Session)
            return Has("WINDOW_SIZE") ? throw CatalogErrors.SizeOfSession(SpanOf("WINDOW_SIZE")) : new(kind, null);
        return Text("WINDOW_SIZE") is { } size
            ? new(kind, Duration(size))
            : throw CatalogErrors.WrongProperty(
                "WINDOW_TYPE", $"{text.ToUpperInvariant()} windows need WINDOW_SIZE = '5 SECONDS'", SpanOf("WINDOW_TYPE"));
    }

    private static string Identifier(string text) =>
        text.StartsWith('`') && text.EndsWith('`') && text.Length > 1 ? text[1..^1] : text.ToUpperInvariant();

    private FormatKind? Format(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return text.ToUpperInvariant() switch
        {
            "JSON" => FormatKind.Json,
            "DELIMITED" => FormatKind.Delimited,
            "KAFKA" => FormatKind.Kafka,
            "NONE" => FormatKind.None,
            "AVRO" or "PROTOBUF" or "PROTOBUF_NOSR" or "JSON_SR" => throw CatalogErrors.SchemaRegistryFormat(text, SpanOf(name)),
            _ => throw CatalogErrors.UnknownFormat(text, SpanOf(name)),
        };
    }

    private string? Text(string name) => !_items.TryGetValue(name, out var item) ? null : item.Value switch
    {
        StringLiteral literal => literal.Value,
        IntegerLiteral or BigintLiteral => item.Value.ToString(),
        _ => throw CatalogErrors.WrongProperty(name, "a string is needed", item.Span),
    };

    private int? Number(string name, int least)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw CatalogErrors.WrongProperty(name, $"'{text}' is no whole number from {least}", SpanOf(name));
    }

    /// <summary>Reads a bound; -1 is no bound, as in Kafka.</summary>
    private long? Most(string name) => Text(name) switch
    {
        null or "-1" => null,
        var text when long.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is > 0 and < MaxMilliseconds => number,
        var text =>
            throw CatalogErrors.WrongProperty(name, $"'{text}' is neither a whole number above 0 nor -1, which is no bound", SpanOf(name)),
    };

    private static bool Boolean(Property item) => item.Value switch
    {
        BooleanLiteral literal => literal.Value,
        StringLiteral literal when bool.TryParse(literal.Value, out var flag) => flag,
        _ => throw CatalogErrors.WrongProperty(item.Name, "true or false is needed", item.Span),
    };

    private char? Delimiter(string name) => Text(name) switch
    {
        null => null,
        "TAB" => '\t',
        "SPACE" => ' ',
        "" or " " or "\t" =>
            throw CatalogErrors.WrongProperty(
                name, "the delimiter cannot be empty; for blank and tabulator write 'SPACE' and 'TAB'", SpanOf(name)),
        { Length: 1 } text => text[0],
        var text =>
            throw CatalogErrors.WrongProperty(name, $"the delimiter '{text}' must be a single character, 'TAB' or 'SPACE'", SpanOf(name)),
    };

    private TimeSpan Duration(string text)
    {
        try
        {
            var cursor = new TokenCursor(Lexer.Read(new("<window size>", text)), new Dictionary<string, string>());
            return new QueryParser(cursor, new ExpressionParser(cursor)).Duration();
        }
        catch (SqlException)
        {
            throw CatalogErrors.WrongProperty("WINDOW_SIZE", $"'{text}' is no duration; write '5 SECONDS'", SpanOf("WINDOW_SIZE"));
        }
    }
}
