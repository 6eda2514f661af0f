using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Values;

/// <summary>A limit, or the word for none.</summary>
/// <param name="none">The word that stands for no limit.</param>
internal sealed class LimitType<T>(string none, ValueType<T> type) : ValueType<T?>
    where T : struct
{
    public override string Words => $"{type.Words}, or {none}";

    public override bool TryRead(YamlNode node, string key, Reading reading, out T? value)
    {
        value = null;
        if (node is YamlScalar scalar && scalar.Text == none)
            return true;
        var isRead = type.TryRead(node, key, reading, out var limit);
        value = isRead ? limit : null;
        return isRead;
    }
}
