using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>The items of a list, each with a key of its own: <c>cameras[0]</c>.</summary>
internal static class Items
{
    /// <summary>Those that can be used; mistakes tell of the others.</summary>
    /// <param name="check">Is given an item at its place in the list, null where it can't be used.</param>
    public static IReadOnlyList<T> Read<T>(
        YamlList list, ValueType<T> type, string key, Reading reading, Action<IReadOnlyList<T?>, string, Reading>? check = null)
        where T : class
    {
        List<T?> items = [];
        foreach (var node in list.Items)
        {
            var own = $"{key}[{items.Count}]";
            reading.Note(own, node.Place);
            items.Add(type.TryRead(node, own, reading, out var item) ? item : default);
        }
        check?.Invoke(items, key, reading);
        return [.. items.OfType<T>()];
    }
}
