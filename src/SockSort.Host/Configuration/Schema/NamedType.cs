using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A mapping whose keys are names that the user gives.</summary>
/// <param name="words">For the reference.</param>
/// <param name="nameWord">What a name is called in the reference: <c>TOPIC</c>.</param>
/// <param name="nameProblem">What would be right in place of a name that can't be used; null: it can.</param>
internal sealed class NamedType<T>(ValueType<T> type, string words, string nameWord, Func<string, string?> nameProblem)
    : ValueType<IReadOnlyList<KeyValuePair<string, T>>>
{
    public override string Words => words;

    public override IEnumerable<NestedKey> Nested => type.Nested.Select(nested => nested with { Prefix = $".{nameWord}{nested.Prefix}" });

    /// <remarks>True also with mistakes within: the entries that can be used are looked at all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out IReadOnlyList<KeyValuePair<string, T>>? value)
    {
        value = null;
        if (node is YamlRefused)
            return false;
        if (node is not YamlMapping mapping)
        {
            reading.Tell(node.Place, key, $"is {NodeWords.Of(node)}", $"expected a {words}");
            return false;
        }
        List<KeyValuePair<string, T>> entries = [];
        foreach (var entry in mapping.Entries)
        {
            var own = KeyPath.Of(key, entry.Key);
            reading.Note(own, entry.Value.Place);
            if (nameProblem(entry.Key) is { } hint)
                reading.Tell(entry.Place, own, "is no name that can be used", hint);
            if (type.TryRead(entry.Value, own, reading, out var item))
                entries.Add(new(entry.Key, item!));
        }
        value = entries;
        return true;
    }
}
