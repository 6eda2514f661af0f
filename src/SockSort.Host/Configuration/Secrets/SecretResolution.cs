namespace SockSort.Host.Configuration.Secrets;

/// <summary>The result of resolving a placeholder: a value, or the reason why there is none.</summary>
public sealed class SecretResolution
{
    private SecretResolution(string? value, string problem, string? hint)
    {
        Value = value;
        Problem = problem;
        Hint = hint;
    }

    /// <summary>The value; null if it was not found.</summary>
    public string? Value { get; }

    /// <summary>Why there is no value, as words that follow the key; names file and entry, never a value.</summary>
    public string Problem { get; }

    /// <summary>What would be right.</summary>
    public string? Hint { get; }

    public static SecretResolution Found(string value) => new(value, "", null);

    /// <param name="problem">Why there is no value, as words that follow the key; names file and entry, never a value.</param>
    /// <param name="hint">What would be right.</param>
    public static SecretResolution Missing(string problem, string? hint = null) => new(null, problem, hint);

    // The text must not contain the value.
    public override string ToString() => Value is null ? Problem : "found";
}
