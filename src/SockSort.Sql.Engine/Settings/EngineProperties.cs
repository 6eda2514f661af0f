
namespace SockSort.Sql.Engine.Settings;

/// <summary>The properties that <c>SET</c> knows. Those that only a cluster of ksqlDB has are accepted and change nothing.</summary>
public static class EngineProperties
{
    public const string OffsetReset = "auto.offset.reset";
    public const string KeyFormat = "ksql.persistence.default.format.key";
    public const string ValueFormat = "ksql.persistence.default.format.value";
    public const string ThrowOnInvalidTimestamp = "ksql.timestamp.throw.on.invalid";
    public const string NewPlanner = "ksql.new.query.planner.enabled";
    public const string TopicPrefix = "ksql.output.topic.name.prefix";
    public const string WrapSingleValues = "ksql.persistence.wrap.single.values";
    public const string PullStreams = "ksql.query.pull.stream.enabled";
    public const string PullScans = "ksql.query.pull.table.scan.enabled";
    public const string PullRanges = "ksql.query.pull.range.scan.enabled";
    public const string PullLimits = "ksql.query.pull.limit.clause.enabled";
    public const string InsertValues = "ksql.insert.into.values.enabled";
    public const string CreateOrReplace = "ksql.create.or.replace.enabled";
    public const string Lambdas = "ksql.lambdas.enabled";
    public const string ScalablePush = "ksql.query.push.v2.enabled";
    public const string ListLimit = "ksql.functions.collect_list.limit";
    public const string SetLimit = "ksql.functions.collect_set.limit";

    /// <summary>The properties with their defaults and what they do.</summary>
    public static IReadOnlyList<(string Name, string Default, string Meaning)> Known { get; } =
    [
        (OffsetReset, "latest", "earliest: queries begin with the records that are there already; latest: with the next one"),
        (KeyFormat, "KAFKA", "format of keys where a statement names none"),
        (ValueFormat, "", "format of values where a statement names none"),
        (WrapSingleValues, "true", "whether a single value column stands in an object of its own"),
        (TopicPrefix, "", "before the name of a query's stream or table, where the statement names no topic"),
        (NewPlanner, "false", "true: key columns stand in the order of SELECT, and a stream may leave them out"),
        (ThrowOnInvalidTimestamp, "false", "true: a record whose timestamp column does not read ends the query; false: it is skipped"),
        (PullStreams, "true", "false: a pull query of a stream is refused"),
        (PullScans, "true", "false: a pull query of a table is refused where WHERE names no keys"),
        (PullRanges, "true", "false: a pull query is refused where WHERE names a range of keys"),
        (PullLimits, "true", "false: a pull query with LIMIT is refused"),
        (InsertValues, "true", "false: INSERT INTO … VALUES is refused"),
        (CreateOrReplace, "true", "false: CREATE OR REPLACE is refused"),
        (Lambdas, "true", "false: a query with a lambda is refused"),
        (ScalablePush, "false", "true: a push query of new rows that a query writes has an id of ksqlDB's scalable push queries"),
        (ListLimit, "1000", "most items of a group in COLLECT_LIST"),
        (SetLimit, "1000", "most items of a group in COLLECT_SET"),
    ];

    private static readonly string[] Truths = ["true", "false"];

    public static bool IsKnown(string name) => IsObeyed(name) || ClusterProperties.IsKnown(name);

    /// <summary>Whether the property changes anything here; ksqlDB's others are only accepted.</summary>
    public static bool IsObeyed(string name) => Known.Any(property => property.Name == WithoutStreams(name));

    /// <summary>Whether only the server sets the property, as in ksqlDB.</summary>
    public static bool IsFixed(string name) => ClusterProperties.IsFixed(name);

    /// <summary>The values that a property takes; null for any.</summary>
    public static IReadOnlyList<string>? ValuesOf(string name) => name switch
    {
        OffsetReset => ["earliest", "latest"],
        KeyFormat or ValueFormat => Enum.GetNames<Formats.FormatKind>().Select(kind => kind.ToUpperInvariant()).ToList(),
        ThrowOnInvalidTimestamp or NewPlanner or WrapSingleValues => Truths,
        PullStreams or PullScans or PullRanges or PullLimits or InsertValues or CreateOrReplace or Lambdas or ScalablePush => Truths,
        _ => null,
    };

    /// <summary>Whether a property takes a value; case does not count.</summary>
    public static bool Allows(string name, string value) => ValuesOf(name)?.Contains(value, StringComparer.OrdinalIgnoreCase) ?? true;

    /// <summary>Removes the prefix: <c>ksql.streams.auto.offset.reset</c> means <c>auto.offset.reset</c>.</summary>
    public static string WithoutStreams(string name) =>
        name.StartsWith("ksql.streams.", StringComparison.Ordinal) && Known.Any(property => property.Name == name["ksql.streams.".Length..])
            ? name["ksql.streams.".Length..]
            : name;
}
