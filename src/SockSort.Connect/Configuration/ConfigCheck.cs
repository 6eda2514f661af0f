namespace SockSort.Connect.Configuration;

/// <summary>The result of checking one key of a configuration.</summary>
/// <param name="Key">The definition of the key.</param>
/// <param name="Value">The value as it is written, or the default; null where there is neither.</param>
/// <param name="Error">What is wrong with the value, for the user; null for nothing.</param>
/// <param name="IsMissing">Whether the error is that the key is missing.</param>
public sealed record ConfigCheck(ConfigKey Key, string? Value, string? Error, bool IsMissing)
{
    /// <summary>Whether the key is one of those that Kafka Connect defines for every connector.</summary>
    public bool IsCommon => CommonKeys.All.Any(key => key.Name == Key.Name);
}
