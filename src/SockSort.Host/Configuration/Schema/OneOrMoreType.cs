using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>One value, or a list of at least one.</summary>
/// <param name="words">For the reference.</param>
/// <param name="none">The word for an empty list; null where there is none.</param>
internal sealed class OneOrMoreType<T>(ValueType<T> item, string words, string? none = null) : ValueType<IReadOnlyList<T>>
    where T : class
{
    public override string Words => words;

    /// <remarks>True also with mistakes within: the items that can be used are looked at all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out IReadOnlyList<T>? value)
    {
        value = null;
        if (node is YamlList { Items.Count: 0 })
        {
            reading.Tell(node.Place, key, "is an empty list", none is null ? "leave the key out" : $"write {none}");
            return false;
        }
        if (node is YamlScalar scalar && scalar.Text == none)
            value = [];
        else if (node is YamlList list)
            value = Items.Read(list, item, key, reading);
        else if (item.TryRead(node, key, reading, out var one))
            value = [one!];
        return value is not null;
    }
}
