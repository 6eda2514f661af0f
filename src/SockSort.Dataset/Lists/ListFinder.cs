namespace SockSort.Dataset.Lists;

/// <summary>Finds the lists that a prefix stands for.</summary>
public static class ListFinder
{
    /// <summary>
    /// Every <c>.lst</c> whose path starts with <paramref name="prefix"/> (so <c>sock</c> takes <c>socks.lst</c>, too), or all in it where
    /// it is a folder; sorted by name.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The prefix lies in a folder that does not exist.</exception>
    public static IReadOnlyList<string> Find(string prefix)
    {
        var start = Path.GetFullPath(prefix);
        var folder = Directory.Exists(start) ? start : Path.GetDirectoryName(start)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"the folder of the lists, {folder}, does not exist");
        return
        [
            .. Directory.EnumerateFiles(folder)
                .Where(path => path.StartsWith(start, StringComparison.Ordinal) && path.EndsWith(".lst", StringComparison.Ordinal))
                .Order(CodePointOrder.Instance),
        ];
    }
}
