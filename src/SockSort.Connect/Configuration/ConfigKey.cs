namespace SockSort.Connect.Configuration;

/// <summary>One key of a connector class, as in Kafka Connect's ConfigDef.</summary>
/// <param name="Default">The default value, as a user would write it; null for none.</param>
/// <param name="Documentation">The description for users, in one sentence.</param>
public sealed record ConfigKey(string Name, ConfigType Type, string? Default, string Documentation)
{
    /// <summary>An example value for the error about a missing key; null for an optional key.</summary>
    public string? Example { get; init; }

    /// <summary>The smallest and the largest value allowed for a whole number.</summary>
    public (int Least, int Most) Range { get; init; } = (int.MinValue, int.MaxValue);

    /// <summary>Returns what is allowed instead of a wrong value, in words that follow "is 'value';", or null for a valid value.</summary>
    public Func<string, string?>? Expected { get; init; }

    /// <summary>
    /// Returns what is wrong with a value, or with one element of a list, in words that follow "can't be used:", or null for nothing.
    /// </summary>
    public Func<string, string?>? Problem { get; init; }

    public bool IsRequired => Example is not null;
}
