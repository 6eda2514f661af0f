using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A mapping of known keys, which is read into a record.</summary>
/// <param name="keys">The keys in the order of the documentation.</param>
internal sealed class Section<T>(IReadOnlyList<ConfigurationKey> keys, Func<SectionValues, T> build) : ValueType<T>
{
    public override string Words => "keys below";

    public override IEnumerable<NestedKey> Nested => keys.Select(key => new NestedKey("", key));

    /// <summary>Checks what concerns several keys: keys that exclude or require each other.</summary>
    public Action<SectionValues>? Check { get; init; }

    /// <remarks>Returns true even if a value is invalid: the other values are checked all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out T? value)
    {
        value = default;
        if (node is YamlRefused)
            return false;
        if (node is YamlScalar { IsNull: true })
            node = new YamlMapping(node.Place, []);
        if (node is not YamlMapping mapping)
        {
            reading.Report(node.Place, key, $"is {NodeWords.Of(node)}", $"expected keys: {Names}");
            return false;
        }
        ReportUnknown(mapping, key, reading);
        ReportMissing(mapping, key, reading);
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

    private void ReportUnknown(YamlMapping mapping, string key, Reading reading)
    {
        foreach (var entry in mapping.Entries.Where(entry => keys.All(known => known.Name != entry.Key)))
        {
            var nearest = NearestName.To(entry.Key, keys.Select(known => known.Name));
            var hint = nearest is null ? $"known: {Names}" : $"nearest: {nearest}";
            reading.Report(entry.Place, KeyPath.Of(key, entry.Key), "unknown key", hint);
        }
    }

    private void ReportMissing(YamlMapping mapping, string key, Reading reading)
    {
        foreach (var known in keys.Where(known => known.IsRequired && mapping.Entries.All(entry => entry.Key != known.Name)))
        {
            var hint = $"for example {known.Name}: {known.Example ?? known.Sample}";
            reading.Report(mapping.Place, KeyPath.Of(key, known.Name), "is missing", hint);
        }
    }
}
