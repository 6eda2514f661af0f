using SockSort.Shared;

namespace SockSort.Connect.Configuration;

/// <summary>
/// The keys of a connector class, with type, default, documentation and check of each, as in Kafka Connect's class of this name.
/// </summary>
/// <param name="keys">The keys, in the order in which they are checked.</param>
/// <param name="ignored">Keys that the original connector knows, and that have no effect here.</param>
/// <param name="ignoredPrefixes">Prefixes of further keys without effect.</param>
internal sealed class ConfigDef(IReadOnlyList<ConfigKey> keys, IReadOnlyList<string> ignored, IReadOnlyList<string> ignoredPrefixes)
{
    private readonly Dictionary<string, ConfigKey> _byName = keys.ToDictionary(key => key.Name, StringComparer.Ordinal);

    /// <summary>The keys that have an effect.</summary>
    public IReadOnlyList<ConfigKey> Keys => keys;

    /// <summary>Replaces the placeholders of secrets and checks every value.</summary>
    /// <exception cref="ConnectException">A key is missing, a value can't be used or a secret can't be found.</exception>
    public ConfigValues Read(string connector, IReadOnlyDictionary<string, string> written, Secrets secrets)
    {
        var values = new ConfigValues(this, connector, written, secrets.Resolve(connector, written));
        foreach (var key in keys)
            values.Check(key);
        return values;
    }

    /// <summary>Returns notes for the user on the keys that have no effect.</summary>
    internal IEnumerable<string> NotesOn(IReadOnlyDictionary<string, string> written)
    {
        var without = written.Keys.Where(key => !_byName.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
        var expected = without.Where(IsIgnored).ToList();
        if (expected.Count > 0)
            yield return ConnectErrors.IgnoredKeys(expected);
        foreach (var key in without.Except(expected))
            yield return ConnectErrors.UnknownKey(key, Nearest(key));
    }

    internal ConfigKey Find(string key) => _byName[key];

    private bool IsIgnored(string key) =>
        ignored.Contains(key) || ignoredPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Returns the known key with the smallest edit distance.</summary>
    private string Nearest(string key) =>
        keys.Select(known => known.Name).Concat(ignored).MinBy(known => EditDistance.Between(known, key))!;
}
