namespace SockSort.Connect.Configuration;

/// <summary>What a check says of one key of a configuration.</summary>
/// <param name="Key">What it means and takes.</param>
/// <param name="Value">As it is written, or the default; null where there is none.</param>
/// <param name="Error">What is wrong, for the user; null for nothing.</param>
/// <param name="IsMissing">Whether that is what is wrong.</param>
public sealed record ConfigCheck(ConfigKey Key, string? Value, string? Error, bool IsMissing)
{
    /// <summary>Whether the key is one of Kafka Connect's own, of every connector.</summary>
    public bool IsCommon => CommonKeys.All.Any(key => key.Name == Key.Name);
}
