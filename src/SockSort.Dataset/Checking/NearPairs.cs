namespace SockSort.Dataset.Checking;

/// <summary>Groups photos whose fingerprints differ in few bits.</summary>
internal static class NearPairs
{
    private const int Bits = 128;

    /// <summary>Groups of two or more; a photo joins the group of any that it is near to.</summary>
    /// <remarks>Where at most n bits differ, one of n + 1 bands is equal in both: only photos that share a band are compared.</remarks>
    public static List<List<PhotoFacts>> Groups(IReadOnlyList<PhotoFacts> photos, int nearBits)
    {
        var group = Enumerable.Range(0, photos.Count).ToArray();
        var bands = nearBits + 1;
        for (var band = 0; band < bands; band++)
        {
            var (from, to) = (band * Bits / bands, (band + 1) * Bits / bands);
            var mask = ((UInt128.One << (to - from)) - 1) << from;
            foreach (var alike in Enumerable.Range(0, photos.Count).GroupBy(i => photos[i].Fingerprint & mask))
                Join(photos, [.. alike], nearBits, group);
        }
        return
        [
            .. Enumerable.Range(0, photos.Count)
            .GroupBy(i => Root(group, i))
            .Where(g => g.Count() > 1)
            .Select(g => g.Select(i => photos[i]).ToList()),
        ];
    }

    private static void Join(IReadOnlyList<PhotoFacts> photos, int[] alike, int nearBits, int[] group)
    {
        for (var i = 0; i < alike.Length; i++)
        {
            for (var j = i + 1; j < alike.Length; j++)
            {
                if (Distance(photos[alike[i]], photos[alike[j]]) <= nearBits)
                    group[Root(group, alike[j])] = Root(group, alike[i]);
            }
        }
    }

    public static int Distance(PhotoFacts left, PhotoFacts right) => (int)UInt128.PopCount(left.Fingerprint ^ right.Fingerprint);

    private static int Root(int[] group, int i)
    {
        while (group[i] != i)
            i = group[i] = group[group[i]];
        return i;
    }
}
