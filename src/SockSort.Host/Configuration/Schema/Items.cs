using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>Reads the items of a list, each with a key of its own: <c>cameras[0]</c>.</summary>
internal static class Items
{
    /// <summary>The valid items; the invalid ones are reported as mistakes.</summary>
    /// <param name="check">Receives each item at its index in the list, null if it is invalid.</param>
    public static IReadOnlyList<T> Read<T>(
        YamlList list, ValueType<T> type, string key, Reading reading, Action<IReadOnlyList<T?>, string, Reading>? check = null)
        where T : class
    {
        List<T?> items = [];
        foreach (var node in list.Items)
        {
            var own = $"{key}[{items.Count}]";
            reading.StorePlace(own, node.Place);
            items.Add(type.TryRead(node, own, reading, out var item) ? item : default);
        }
        check?.Invoke(items, key, reading);
        return [.. items.OfType<T>()];
    }
}
