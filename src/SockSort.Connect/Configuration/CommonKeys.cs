namespace SockSort.Connect.Configuration;

/// <summary>The keys that Kafka Connect defines for every connector.</summary>
internal static class CommonKeys
{
    public const string Name = "name";
    public const string Class = "connector.class";
    public const string TasksMax = "tasks.max";
    public const string KeyConverter = "key.converter";
    public const string ValueConverter = "value.converter";

    /// <summary>Keys without effect here, since they matter only to a cluster or a licence.</summary>
    public static readonly IReadOnlyList<string> Ignored =
        ["config.action.reload", "header.converter", "transforms", "predicates", "topic.creation.groups", "exactly.once.support"];

    /// <summary>Prefixes of further keys without effect.</summary>
    public static readonly IReadOnlyList<string> IgnoredPrefixes =
    [
        "confluent.", "errors.", "topic.creation.default.", "key.converter.", "value.converter.",
    ];

    private static readonly string[] Converters =
    [
        "org.apache.kafka.connect.storage.StringConverter",
        "org.apache.kafka.connect.converters.ByteArrayConverter",
    ];

    /// <summary>The definitions of the common keys. Records are carried as bytes, whatever converter is named.</summary>
    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new(Name, ConfigType.Text, null, "The connector's name; the statement's."),
        new(Class, ConfigType.Text, null, "The connector's class, in full or its last part."),
        new(KeyConverter, ConfigType.Text, null, "How keys are written; bytes stay as they are.") { Expected = ExpectedConverter },
        new(ValueConverter, ConfigType.Text, null, "How values are written; bytes stay as they are.") { Expected = ExpectedConverter },
        new(TasksMax, ConfigType.Whole, "1", "Most tasks; there is one.") { Range = (1, int.MaxValue) },
    ];

    // Kafka Connect also accepts the short name of a class.
    private static string? ExpectedConverter(string name) =>
        Converters.Any(known => known == name || known.EndsWith($".{name}", StringComparison.Ordinal))
            ? null
            : $"known: {string.Join(", ", Converters)}";
}
