using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A mapping whose keys are names chosen by the user.</summary>
/// <param name="words">The type's name in the reference.</param>
/// <param name="nameWord">The placeholder for a name in the reference: <c>TOPIC</c>.</param>
/// <param name="nameProblem">Returns what would be right if a name is invalid; null if it is valid.</param>
internal sealed class NamedType<T>(ValueType<T> type, string words, string nameWord, Func<string, string?> nameProblem)
    : ValueType<IReadOnlyList<KeyValuePair<string, T>>>
{
    public override string Words => words;

    public override IEnumerable<NestedKey> Nested => type.Nested.Select(nested => nested with { Prefix = $".{nameWord}{nested.Prefix}" });

    /// <remarks>Returns true even if an entry is invalid: the valid entries are checked all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out IReadOnlyList<KeyValuePair<string, T>>? value)
    {
        value = null;
        if (node is YamlRefused)
            return false;
        if (node is not YamlMapping mapping)
        {
            reading.Report(node.Place, key, $"is {NodeWords.Of(node)}", $"expected a {words}");
            return false;
        }
        List<KeyValuePair<string, T>> entries = [];
        foreach (var entry in mapping.Entries)
        {
            var own = KeyPath.Of(key, entry.Key);
            reading.StorePlace(own, entry.Value.Place);
            if (nameProblem(entry.Key) is { } hint)
                reading.Report(entry.Place, own, "is no name that can be used", hint);
            if (type.TryRead(entry.Value, own, reading, out var item))
                entries.Add(new(entry.Key, item!));
        }
        value = entries;
        return true;
    }
}
