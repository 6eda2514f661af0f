namespace SockSort.Training.Head;

/// <summary>Parts photos so that each judges what was learnt without it.</summary>
internal static class PhotoFolds
{
    /// <param name="photos">Class of each photo, and the hash of its file.</param>
    /// <param name="most">Folds at most.</param>
    /// <param name="folds">Their number: that of the class with the most files, at most <paramref name="most"/>.</param>
    /// <returns>
    /// For each photo its fold: the n-th file of a class goes to fold n mod folds, with all photos that are copies of it; the only one of a
    /// class is always learnt (-1).
    /// </returns>
    public static int[] Assign(IReadOnlyList<(int Class, string Sha256)> photos, int most, out int folds)
    {
        var files = photos.Distinct()
            .GroupBy(photo => photo.Class)
            .ToDictionary(known => known.Key, known => known.Select(photo => photo.Sha256).ToList());
        var count = folds = Math.Min(most, files.Values.Select(known => known.Count).DefaultIfEmpty(0).Max());
        return [.. photos.Select(photo => files[photo.Class].Count == 1 ? -1 : files[photo.Class].IndexOf(photo.Sha256) % count)];
    }
}
