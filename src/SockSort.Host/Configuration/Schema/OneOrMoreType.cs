using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A single value, or a list of at least one.</summary>
/// <param name="words">The type's name in the reference.</param>
/// <param name="none">The word that stands for an empty list; null if the list must not be empty.</param>
internal sealed class OneOrMoreType<T>(ValueType<T> item, string words, string? none = null) : ValueType<IReadOnlyList<T>>
    where T : class
{
    public override string Words => words;

    /// <remarks>Returns true even if an item is invalid: the valid items are checked all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out IReadOnlyList<T>? value)
    {
        value = null;
        if (node is YamlList { Items.Count: 0 })
        {
            reading.Report(node.Place, key, "is an empty list", none is null ? "leave the key out" : $"write {none}");
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
