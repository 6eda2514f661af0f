namespace SockSort.Sql.Engine.Scheduling;

/// <summary>Splits items into connected groups, which have no tie in common.</summary>
internal static class Connected
{
    /// <param name="items">The items; groups keep their order.</param>
    /// <param name="tiesOf">Two items that share one of these are in one group.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Groups<T>(IReadOnlyList<T> items, Func<T, IEnumerable<object>> tiesOf)
    {
        if (items.Count == 1)
            return [items];
        var groups = new List<List<T>>();
        var byTie = new Dictionary<object, List<T>>();
        foreach (var item in items)
        {
            var group = new List<T>();
            groups.Add(group);
            foreach (var tie in tiesOf(item))
            {
                if (byTie.TryGetValue(tie, out var other) && other != group)
                    Join(groups, byTie, from: group, into: group = other);
                byTie[tie] = group;
            }
            group.Add(item);
        }
        return groups;
    }

    private static void Join<T>(List<List<T>> groups, Dictionary<object, List<T>> byTie, List<T> from, List<T> into)
    {
        into.AddRange(from);
        _ = groups.Remove(from);
        foreach (var (tie, _) in byTie.Where(known => known.Value == from).ToList())
            byTie[tie] = into;
    }
}
