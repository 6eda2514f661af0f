using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>The values of one section: the written ones, and the defaults of the others.</summary>
/// <param name="path">The full key of the section; empty for the whole file.</param>
internal sealed class SectionValues(string path, Reading reading)
{
    private readonly Dictionary<string, object?> _values = [];
    private readonly HashSet<string> _written = [];

    /// <summary>The written value, otherwise the default, otherwise the type's own default.</summary>
    public T? Of<T>(ConfigurationKey<T> key) => _values.TryGetValue(key.Name, out var value) ? (T?)value : default;

    /// <summary>Whether the file sets the key, even to an invalid value.</summary>
    public bool Has(ConfigurationKey key) => _written.Contains(key.Name);

    public string PathOf(ConfigurationKey key) => KeyPath.Of(path, key.Name);

    /// <summary>Adds a mistake at a key that the file sets.</summary>
    public void Report(ConfigurationKey key, string problem, string hint) =>
        ReportAt(PathOf(key), problem, hint);

    /// <summary>Adds a mistake at any full key.</summary>
    public void ReportAt(string key, string problem, string hint) => reading.Report(reading.PlaceOf(key), key, problem, hint);

    /// <summary>Whether the file sets a full key anywhere.</summary>
    public bool HasAt(string key) => reading.Places.ContainsKey(key);

    public void Read<T>(ConfigurationKey<T> key, YamlEntry? entry)
    {
        if (entry is not null && !IsEmptySection(key, entry.Value))
            ReadWritten(key, entry);
        if (!_values.ContainsKey(key.Name) && key.Default is { } text)
            _values[key.Name] = Defaults.Read(key.Reads, text, reading.Folder);
    }

    private void ReadWritten<T>(ConfigurationKey<T> key, YamlEntry entry)
    {
        _ = _written.Add(key.Name);
        reading.StorePlace(PathOf(key), entry.Value.Place);
        if (key.Reads.TryRead(entry.Value, PathOf(key), reading, out var value))
            _values[key.Name] = value;
    }

    // A section whose keys are all commented out is null in YAML; it counts as empty.
    private static bool IsEmptySection(ConfigurationKey key, YamlNode value) =>
        key.Type.Nested.Any() && value is YamlScalar { IsNull: true };
}
