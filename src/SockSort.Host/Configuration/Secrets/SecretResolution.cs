namespace SockSort.Host.Configuration.Secrets;

/// <summary>What became of a placeholder: a value, or why there is none.</summary>
public sealed class SecretResolution
{
    private SecretResolution(string? value, string problem, string? hint)
    {
        Value = value;
        Problem = problem;
        Hint = hint;
    }

    /// <summary>Null where it can't be found.</summary>
    public string? Value { get; }

    /// <summary>In words that follow the key; names file and entry, never a value.</summary>
    public string Problem { get; }

    /// <summary>What would be right.</summary>
    public string? Hint { get; }

    public static SecretResolution Found(string value) => new(value, "", null);

    /// <param name="problem">In words that follow the key; names file and entry, never a value.</param>
    /// <param name="hint">What would be right.</param>
    public static SecretResolution Missing(string problem, string? hint = null) => new(null, problem, hint);

    // Never the value.
    public override string ToString() => Value is null ? Problem : "found";
}
