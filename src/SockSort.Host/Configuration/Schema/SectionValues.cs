using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>The values of one section: those that are written, and the defaults of the others.</summary>
/// <param name="path">The section's own key in full; empty for the whole file.</param>
internal sealed class SectionValues(string path, Reading reading)
{
    private readonly Dictionary<string, object?> _values = [];
    private readonly HashSet<string> _written = [];

    /// <summary>The value as it is written, else the default; a type's own "nothing" where there is neither.</summary>
    public T? Of<T>(ConfigurationKey<T> key) => _values.TryGetValue(key.Name, out var value) ? (T?)value : default;

    /// <summary>Whether it is written, also where what is written can't be used.</summary>
    public bool Has(ConfigurationKey key) => _written.Contains(key.Name);

    public string PathOf(ConfigurationKey key) => KeyPath.Of(path, key.Name);

    /// <summary>A mistake at a key that is written.</summary>
    public void Tell(ConfigurationKey key, string problem, string hint) =>
        TellAt(PathOf(key), problem, hint);

    /// <summary>A mistake at any key, in full.</summary>
    public void TellAt(string key, string problem, string hint) => reading.Tell(reading.PlaceOf(key), key, problem, hint);

    /// <summary>Whether a key anywhere, in full, is written.</summary>
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
        reading.Note(PathOf(key), entry.Value.Place);
        if (key.Reads.TryRead(entry.Value, PathOf(key), reading, out var value))
            _values[key.Name] = value;
    }

    // A section of which every key is commented out says nothing.
    private static bool IsEmptySection(ConfigurationKey key, YamlNode value) =>
        key.Type.Nested.Any() && value is YamlScalar { IsNull: true };
}
