namespace SockSort.Log.Kafka.Addresses;

/// <summary>The keys of librdkafka whose values nobody may see.</summary>
internal static class SecretKeys
{
    private static readonly string[] Parts = ["password", "secret", ".key.pem", "jaas", "assertion.private"];

    public static bool Has(string key) => Parts.Any(part => key.Contains(part, StringComparison.OrdinalIgnoreCase));
}
