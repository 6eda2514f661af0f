using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A list, which may be empty.</summary>
/// <param name="words">The type's name in the reference.</param>
internal sealed class ListType<T>(ValueType<T> item, string words) : ValueType<IReadOnlyList<T>>
    where T : class
{
    public override string Words => words;

    public override IEnumerable<NestedKey> Nested => item.Nested.Select(nested => nested with { Prefix = "[]" });

    /// <summary>Checks what concerns several items, after all are read.</summary>
    public Action<IReadOnlyList<T?>, string, Reading>? Check { get; init; }

    /// <remarks>Returns true even if an item is invalid: the valid items are checked all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out IReadOnlyList<T>? value)
    {
        value = null;
        if (node is YamlRefused)
            return false;
        if (node is not YamlList list)
        {
            reading.Report(node.Place, key, $"is {NodeWords.Of(node)}", $"expected a {words}, each entry begins with '- '");
            return false;
        }
        value = Items.Read(list, item, key, reading, Check);
        return true;
    }
}
