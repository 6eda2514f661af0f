using SockSort.Sql;
using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Functions;
using SockSort.Sql.Planning;
using SockSort.Sql.Printing;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.KsqlDb;

/// <summary>Reads what statements make, through the same planner that the embedded engine has.</summary>
/// <param name="meta">The streams, tables and types that the statements may name; those that are read are put into it.</param>
internal sealed class DefinitionReader(MetaStore meta)
{
    private const string KeyFormat = "ksql.persistence.default.format.key";
    private const string ValueFormat = "ksql.persistence.default.format.value";

    private static readonly IReadOnlyDictionary<string, string> NoProperties = new Dictionary<string, string>();
    private static readonly FunctionRegistry Functions = new();

    /// <returns>
    /// Null where the statement makes neither stream, table nor query, or has what only the server understands: functions of its own,
    /// formats with schemas, sources that nobody knows.
    /// </returns>
    public Definition? TryRead(Statement statement, IReadOnlyDictionary<string, string>? properties = null)
    {
        try
        {
            var read = Read(statement, properties ?? NoProperties);
            if (read?.Source is { } source)
                meta.Put(source);
            return read;
        }
        catch (SqlException)
        {
            return null;
        }
    }

    private Definition? Read(Statement statement, IReadOnlyDictionary<string, string> properties) => statement switch
    {
        CreateSource create => Source(create, properties),
        CreateAsSelect create => Query(create, properties),
        InsertSelect insert => new(
            new Dictionary<string, string> { ["into"] = insert.Target, ["query"] = Text(Plan(insert.Query, insert.Target, properties)) },
            NoProperties, Source: null),
        _ => null,
    };

    private Definition Source(CreateSource create, IReadOnlyDictionary<string, string> properties)
    {
        var with = new SourceProperties(create.With);
        var source = new SourceFactory(meta, Defaults(properties)).Create(create, with);
        return new(FacetsOf(source), StatedBy(with), source);
    }

    private Definition Query(CreateAsSelect create, IReadOnlyDictionary<string, string> properties)
    {
        var with = new SourceProperties(create.With);
        var plan = Plan(create.Query, create.Name, properties);
        var source = new SourceFactory(meta, Defaults(properties)).Create(create, with, plan, queryId: create.Name);
        var facets = FacetsOf(source);
        facets["query"] = Text(plan);
        return new(facets, StatedBy(with), source);
    }

    private PlannedQuery Plan(Query query, string sink, IReadOnlyDictionary<string, string> properties) =>
        new QueryPlanner(meta, Functions, properties, keysFollowProjection: false).Plan(query, new SinkRequest(sink));

    private static string Text(PlannedQuery plan) => string.Join('\n', PlanText.Exact(plan));

    private static Dictionary<string, string> FacetsOf(DataSource source) => new(StringComparer.Ordinal)
    {
        ["kind"] = (source.IsReadOnly ? "source " : "") + source.KindName,
        ["columns"] = source.Schema.ToString(),
        ["topic"] = source.Topic,
        ["key format"] = Text(source.KeyFormat),
        ["value format"] = Text(source.ValueFormat),
        ["window"] = source.Window is { } window ? $"{window.Kind} {window.Size}".TrimEnd() : "none",
        ["timestamp"] = source.Timestamp is { } time ? $"{time.Name} {time.Format}".TrimEnd() : "the record's",
    };

    private static string Text(FormatSpec format)
    {
        var delimiter = format.Kind == FormatKind.Delimited ? $" by '{format.Delimiter}'" : "";
        return $"{format.Name}{delimiter}{(format.IsWrapped == false ? ", not wrapped" : "")}";
    }

    private static Dictionary<string, string> StatedBy(SourceProperties with)
    {
        var stated = new Dictionary<string, string>(StringComparer.Ordinal);
        if (with.Partitions is { } partitions)
            stated["partitions"] = $"{partitions}";
        if (with.RetentionTime is { } time)
            stated["retention"] = $"{time.TotalMilliseconds} ms";
        return stated;
    }

    private static SourceDefaults Defaults(IReadOnlyDictionary<string, string> properties) => new(
        Format(properties, KeyFormat) ?? FormatKind.Kafka, Format(properties, ValueFormat), WrapsSingleValues: true, TopicPrefix: "");

    private static FormatKind? Format(IReadOnlyDictionary<string, string> properties, string name) =>
        properties.TryGetValue(name, out var text) && Enum.TryParse<FormatKind>(text, ignoreCase: true, out var kind) ? kind : null;
}
