using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A value, or a word that stands for no value.</summary>
internal sealed class WordOrType<T>(string word, ValueType<T> type) : ValueType<T>
{
    public override string Words => $"{type.Words}, or {word}";

    public override IEnumerable<NestedKey> Nested => type.Nested;

    public override bool TryRead(YamlNode node, string key, Reading reading, out T? value)
    {
        value = default;
        var isWord = node is YamlScalar scalar && scalar.Text == word;
        return isWord || type.TryRead(node, key, reading, out value);
    }
}
