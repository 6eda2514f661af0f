using System.Globalization;

namespace SockSort.Connect.Configuration;

/// <summary>A connector's configuration: as it was written, for errors, and with secrets and defaults filled in, for use.</summary>
internal sealed class ConfigValues(
    ConfigDef definition, string connector, IReadOnlyDictionary<string, string> written, Dictionary<string, string> resolved)
{
    /// <summary>Notes for the user on the keys that have no effect.</summary>
    public IReadOnlyList<string> Notes => [.. definition.NotesOn(written)];

    /// <summary>Whether the class has this key.</summary>
    public bool Knows(string key) => definition.Keys.Any(known => known.Name == key);

    /// <summary>Returns the value of a key or its default; null where the key is missing or blank and has no default.</summary>
    public string? Find(string key) =>
        resolved.TryGetValue(key, out var value) && value.Trim().Length > 0 ? value.Trim() : definition.Find(key).Default;

    /// <summary>Returns the value of a key that is required or has a default.</summary>
    public string Text(string key) => Find(key) ?? throw ConnectErrors.Missing(connector, key, definition.Find(key).Example ?? "");

    public IReadOnlyList<string> List(string key) =>
        (Find(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public int Whole(string key) => int.Parse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture);

    public bool Flag(string key) => bool.Parse(Text(key));

    /// <summary>Makes the error for a wrong value of a key.</summary>
    /// <param name="problem">The problem, in words that follow "the value of 'key'".</param>
    public ConnectException Wrong(string key, string problem) => ConnectErrors.Value(connector, key, problem);

    /// <exception cref="ConnectException">The key is missing, or its value can't be used.</exception>
    internal void Check(ConfigKey key)
    {
        if (ErrorOf(key) is { } error)
            throw error;
    }

    /// <summary>Whether a required key is missing.</summary>
    internal bool IsMissing(ConfigKey key) =>
        key.IsRequired && (Find(key.Name) is null || (key.Type == ConfigType.List && List(key.Name).Count == 0));

    /// <summary>Returns the error of a key's value; null for none.</summary>
    internal ConnectException? ErrorOf(ConfigKey key)
    {
        if (IsMissing(key))
            return ConnectErrors.Missing(connector, key.Name, key.Example!);
        if (Find(key.Name) is not { } value)
            return null;
        // The message shows the value as it was written, so a secret stays a placeholder.
        if ((ExpectedByType(key, value) ?? key.Expected?.Invoke(value)) is { } expected)
            return Wrong(key.Name, $"is '{written.GetValueOrDefault(key.Name, value)}'; {expected}");
        var all = key.Type == ConfigType.List ? List(key.Name) : [value];
        if (key.Problem is not null && all.Select(key.Problem).FirstOrDefault(found => found is not null) is { } wrong)
            return Wrong(key.Name, IsSecret(key.Name) ? "can't be used" : $"can't be used: {wrong}");
        return null;
    }

    /// <summary>Whether a secret was filled into the value, which no message may then repeat.</summary>
    private bool IsSecret(string key) => written.GetValueOrDefault(key) != resolved.GetValueOrDefault(key);

    private static string? ExpectedByType(ConfigKey key, string value) => key.Type switch
    {
        ConfigType.Whole when !IsWithin(key.Range, value) =>
            $"use a whole number from {key.Range.Least}{(key.Range.Most == int.MaxValue ? " on" : $" to {key.Range.Most}")}",
        ConfigType.Flag when !bool.TryParse(value, out _) => "use true or false",
        _ => null,
    };

    private static bool IsWithin((int Least, int Most) range, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= range.Least
            && number <= range.Most;
}
