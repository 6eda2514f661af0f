using System.Globalization;

namespace SockSort.Log.Kafka.Addresses;

/// <summary>Where Kafka is and how to log in: <c>kafka://HOST:PORT[,HOST:PORT…][?properties=FILE&amp;KEY=VALUE…]</c>.</summary>
/// <remarks>
/// KEY is one of librdkafka's own keys. Secrets are taken from the properties file alone, since an address is seen in process lists.
/// </remarks>
public sealed record KafkaAddress
{
    /// <summary>What an address of Kafka begins with.</summary>
    public const string Scheme = "kafka://";

    /// <summary>The key that says what holds of queries' output and state after a crash; it is no key of librdkafka.</summary>
    public const string GuaranteeKey = "processing.guarantee";

    /// <summary>Output, offsets and state become durable together or not at all; the default.</summary>
    public const string ExactlyOnce = "exactly_once";

    /// <summary>Offsets follow output and state, without a transaction: after a crash some records are processed once more.</summary>
    public const string AtLeastOnce = "at_least_once";

    private const string PropertiesKey = "properties";
    private const int DefaultPort = 9092;

    private KafkaAddress(string servers, string? propertiesFile, IReadOnlyDictionary<string, string> properties) =>
        (Servers, PropertiesFile, Properties) = (servers, propertiesFile, properties);

    /// <summary>Hosts and ports of the brokers to ask first, parted by commas.</summary>
    public string Servers { get; }

    /// <summary>The absolute path of the properties file; null if none was given.</summary>
    public string? PropertiesFile { get; }

    /// <summary>Whether queries run with <see cref="AtLeastOnce"/>.</summary>
    public bool IsAtLeastOnce { get; private init; }

    /// <summary>librdkafka's keys and values, those of the file and of the address; they may hold secrets.</summary>
    internal IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>Says whether a text is meant as an address of Kafka.</summary>
    public static bool Is(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="LogException">
    /// The address or the properties file is wrong (<see cref="LogErrorKind.WrongRequest"/>), or the file is absent
    /// (<see cref="LogErrorKind.NotFound"/>).
    /// </exception>
    public static KafkaAddress Parse(string text)
    {
        if (!Is(text))
            throw AddressErrors.NoAddress(text);
        var rest = text[Scheme.Length..];
        if (rest.Contains('@', StringComparison.Ordinal))
            throw AddressErrors.UserInAddress();
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var hosts = (question < 0 ? rest : rest[..question]).TrimEnd('/');
        var servers = hosts.Split(',').Select(host => Server(host, text));
        var asked = question < 0 ? [] : Query(rest[(question + 1)..]);
        var file = asked.Remove(PropertiesKey, out var path) ? Path.GetFullPath(path) : null;
        var properties = file is null ? [] : PropertiesFileReader.Read(file);
        foreach (var (key, value) in asked)
            properties[key] = value;
        var guarantee = properties.Remove(GuaranteeKey, out var named) ? named : ExactlyOnce;
        return guarantee is ExactlyOnce or AtLeastOnce
            ? new KafkaAddress(string.Join(',', servers), file, properties) { IsAtLeastOnce = guarantee == AtLeastOnce }
            : throw AddressErrors.Guarantee(guarantee);
    }

    /// <summary>The address without properties, and so without secrets.</summary>
    public override string ToString() => Scheme + Servers;

    private static string Server(string host, string text)
    {
        if (host.Length == 0)
            throw AddressErrors.NoAddress(text);
        var colon = host.LastIndexOf(':');
        if (colon < 0 || host.EndsWith(']'))
            return $"{host}:{DefaultPort}";
        var isPort = int.TryParse(host[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        return isPort && port is > 0 and <= ushort.MaxValue && colon > 0 ? host : throw AddressErrors.NoAddress(text);
    }

    private static Dictionary<string, string> Query(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw AddressErrors.NoKey(part);
            var key = Uri.UnescapeDataString(part[..equals]);
            if (SecretKeys.Has(key))
                throw AddressErrors.SecretInAddress(key);
            values[key] = Uri.UnescapeDataString(part[(equals + 1)..]);
        }
        return values;
    }
}
