using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A list, which may be empty.</summary>
/// <param name="words">For the reference.</param>
internal sealed class ListType<T>(ValueType<T> item, string words) : ValueType<IReadOnlyList<T>>
    where T : class
{
    public override string Words => words;

    public override IEnumerable<NestedKey> Nested => item.Nested.Select(nested => nested with { Prefix = "[]" });

    /// <summary>What no item can say alone.</summary>
    public Action<IReadOnlyList<T?>, string, Reading>? Check { get; init; }

    /// <remarks>True also with mistakes within: the items that can be used are looked at all the same.</remarks>
    public override bool TryRead(YamlNode node, string key, Reading reading, out IReadOnlyList<T>? value)
    {
        value = null;
        if (node is YamlRefused)
            return false;
        if (node is not YamlList list)
        {
            reading.Tell(node.Place, key, $"is {NodeWords.Of(node)}", $"expected a {words}, each entry begins with '- '");
            return false;
        }
        value = Items.Read(list, item, key, reading, Check);
        return true;
    }
}
