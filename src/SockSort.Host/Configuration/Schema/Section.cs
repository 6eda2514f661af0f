using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A mapping of known keys, which becomes a record.</summary>
/// <param name="keys">In the order in which they are shown.</param>
internal sealed class Section<T>(IReadOnlyList<ConfigurationKey> keys, Func<SectionValues, T> build) : ValueType<T>
{
    public override string Words => "keys below";

    public override IEnumerable<NestedKey> Nested => keys.Select(key => new NestedKey("", key));

    /// <summary>What no key can say alone: keys that exclude or need each other.</summary>
    public Action<SectionValues>? Check { get; init; }

    /// <remarks>True also with mistakes within: the other values are then looked at all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out T? value)
    {
        value = default;
        if (node is YamlRefused)
            return false;
        if (node is YamlScalar { IsNull: true })
            node = new YamlMapping(node.Place, []);
        if (node is not YamlMapping mapping)
        {
            reading.Tell(node.Place, key, $"is {NodeWords.Of(node)}", $"expected keys: {Names}");
            return false;
        }
        TellUnknown(mapping, key, reading);
        TellMissing(mapping, key, reading);
        value = Build(mapping, key, reading);
        return true;
    }

    private string Names => string.Join(", ", keys.Select(known => known.Name));

    private T Build(YamlMapping mapping, string key, Reading reading)
    {
        var values = new SectionValues(key, reading);
        foreach (var known in keys)
            known.ReadInto(values, mapping.Entries.FirstOrDefault(entry => entry.Key == known.Name));
        Check?.Invoke(values);
        return build(values);
    }

    private void TellUnknown(YamlMapping mapping, string key, Reading reading)
    {
        foreach (var entry in mapping.Entries.Where(entry => keys.All(known => known.Name != entry.Key)))
        {
            var nearest = NearestName.To(entry.Key, keys.Select(known => known.Name));
            var hint = nearest is null ? $"known: {Names}" : $"nearest: {nearest}";
            reading.Tell(entry.Place, KeyPath.Of(key, entry.Key), "unknown key", hint);
        }
    }

    private void TellMissing(YamlMapping mapping, string key, Reading reading)
    {
        foreach (var known in keys.Where(known => known.IsRequired && mapping.Entries.All(entry => entry.Key != known.Name)))
        {
            var hint = $"for example {known.Name}: {known.Example ?? known.Sample}";
            reading.Tell(mapping.Place, KeyPath.Of(key, known.Name), "is missing", hint);
        }
    }
}
