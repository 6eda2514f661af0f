using SockSort.Shared;

namespace SockSort.Deploy.Flink;

/// <summary>How Flink's jobs log in to Kafka: keys of Kafka's Java client, which is Flink's too.</summary>
public sealed class FlinkLogin
{
    // What stands in a statement that people see, in the place of a secret.
    private const string Hidden = "***";

    private static readonly string[] SecretParts = ["password", "secret", "jaas", "keystore.key", "private.key"];

    // What there is of a login, and where secrets may lie on Flink's machines instead.
    private static readonly string[] KeyStarts = ["security.protocol", "sasl.", "ssl.", "config.providers"];

    // librdkafka's names of what Java calls otherwise.
    private static readonly Dictionary<string, string> JavaNames = new(StringComparer.Ordinal)
    {
        ["sasl.username"] = "sasl.jaas.config",
        ["sasl.password"] = "sasl.jaas.config",
        ["sasl.mechanisms"] = "sasl.mechanism",
        ["ssl.ca.location"] = "ssl.truststore.location (and ssl.truststore.type=PEM)",
        ["ssl.certificate.location"] = "ssl.keystore.location (and ssl.keystore.type=PEM)",
        ["ssl.key.location"] = "ssl.keystore.location (and ssl.keystore.type=PEM)",
    };

    private readonly IReadOnlyDictionary<string, string> _properties;

    private FlinkLogin(IReadOnlyDictionary<string, string> properties) => _properties = properties;

    /// <summary>Of a Kafka that asks for none.</summary>
    public static FlinkLogin None { get; } = new(new Dictionary<string, string>());

    /// <summary>Whether statements are shown without something that stands in them.</summary>
    internal bool HidesSecrets => _properties.Any(IsSecret);

    /// <summary>The options of a table; secrets are <c>***</c>.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Options =>
        _properties.Select(property => Option(property.Key, IsSecret(property) ? Hidden : property.Value));

    /// <summary>Reads a file in Java's <c>.properties</c> format, as Kafka's own tools take it.</summary>
    /// <param name="file">Its path. Its <c>bootstrap.servers</c> are passed over.</param>
    /// <exception cref="DeployException">It cannot be read, or holds something else than a login.</exception>
    public static FlinkLogin Read(string file)
    {
        try
        {
            var properties = PropertiesFile.Parse(File.ReadAllText(file));
            _ = properties.Remove("bootstrap.servers");
            foreach (var key in properties.Keys)
                Check(file, key);
            return new(new SortedDictionary<string, string>(properties, StringComparer.Ordinal));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw FlinkDeployErrors.NoLogin(file, error);
        }
    }

    /// <summary>A table's statement as Flink is to have it, with its secrets.</summary>
    internal string Filled(string table)
    {
        foreach (var property in _properties.Where(IsSecret))
        {
            var (shown, sent) = (Option(property.Key, Hidden), Option(property.Key, property.Value));
            table = table.Replace(FlinkText.Option(shown), FlinkText.Option(sent), StringComparison.Ordinal);
        }
        return table;
    }

    private static void Check(string file, string key)
    {
        if (JavaNames.TryGetValue(key, out var name))
            throw FlinkDeployErrors.NotJavasName(file, key, name);
        if (!KeyStarts.Any(start => key.StartsWith(start, StringComparison.Ordinal)))
            throw FlinkDeployErrors.NotOfLogin(file, key);
    }

    private static KeyValuePair<string, string> Option(string key, string value) => KeyValuePair.Create($"properties.{key}", value);

    // What names a place on Flink's machines is no secret, and is what one wants to see.
    private static bool IsSecret(KeyValuePair<string, string> property) =>
        SecretParts.Any(part => property.Key.Contains(part, StringComparison.OrdinalIgnoreCase))
            && !property.Value.StartsWith("${", StringComparison.Ordinal);
}
