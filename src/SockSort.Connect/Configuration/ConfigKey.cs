namespace SockSort.Connect.Configuration;

/// <summary>One key of a connector class, as in Kafka Connect's ConfigDef.</summary>
/// <param name="Default">As it would be written; null: there is none.</param>
/// <param name="Documentation">One sentence.</param>
public sealed record ConfigKey(string Name, ConfigType Type, string? Default, string Documentation)
{
    /// <summary>For the error where it is missing; null: it may be left out.</summary>
    public string? Example { get; init; }

    /// <summary>Of a whole number, the least and the greatest.</summary>
    public (int Least, int Most) Range { get; init; } = (int.MinValue, int.MaxValue);

    /// <summary>What may stand there in place of a value that can't, in words that follow "is 'value';"; null: it can.</summary>
    public Func<string, string?>? Expected { get; init; }

    /// <summary>What is wrong with a value, or with one of a list, in words that follow "can't be used:"; null: nothing.</summary>
    public Func<string, string?>? Problem { get; init; }

    public bool IsRequired => Example is not null;
}
