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

    public const string StringConverter = "org.apache.kafka.connect.storage.StringConverter";
    public const string JsonConverter = "org.apache.kafka.connect.json.JsonConverter";
    private const string ByteArrayConverter = "org.apache.kafka.connect.converters.ByteArrayConverter";

    private static readonly string[] Converters = [StringConverter, ByteArrayConverter, JsonConverter];

    /// <summary>The definitions of the common keys. Bytes are carried as they are, whatever converter is named.</summary>
    public static IReadOnlyList<ConfigKey> All { get; } =
    [
        new(Name, ConfigType.Text, null, "The connector's name; the statement's."),
        new(Class, ConfigType.Text, null, "The connector's class, in full or its last part."),
        new(KeyConverter, ConfigType.Text, null, "What keys are; bytes stay as they are.") { Expected = ExpectedConverter },
        new(ValueConverter, ConfigType.Text, null, "What values are; bytes stay as they are.") { Expected = ExpectedConverter },
        new(TasksMax, ConfigType.Whole, "1", "Most tasks; there is one.") { Range = (1, int.MaxValue) },
    ];

    /// <summary>Whether a value names a converter. Kafka Connect also accepts the short name of a class.</summary>
    public static bool IsNamed(string? value, string converter) =>
        value is not null && (converter == value || converter.EndsWith($".{value}", StringComparison.Ordinal));

    private static string? ExpectedConverter(string name) =>
        Converters.Any(known => IsNamed(name, known))
            ? null
            : $"known: {string.Join(", ", Converters)}";
}
