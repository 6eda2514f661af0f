using SockSort.Training.Augmentation;
using SockSort.Training.Photos;

namespace SockSort.Training.Validation;

/// <summary>Parts photos into those to learn from and those to judge by, class by class.</summary>
internal static class ValidationSplit
{
    // Apart from the numbers of all pictures.
    private const int Stream = 3 << 29;

    /// <param name="photos">In their order, which both parts keep.</param>
    /// <param name="share">
    /// Of each class that is held out, 0 to below 1: at least one photo, and at least one is left to learn from. 0 = none.
    /// </param>
    /// <param name="seed">Says which.</param>
    /// <returns>Copies of one file stay together: what judges is in no form learnt from.</returns>
    public static (TrainingPhoto[] Learnt, TrainingPhoto[] Held) Part(IReadOnlyList<TrainingPhoto> photos, double share, int seed)
    {
        if (share == 0)
            return ([.. photos], []);
        var random = new SampleRandom(seed, Stream);
        var held = photos.GroupBy(photo => photo.Class).OrderBy(known => known.Key)
            .SelectMany(known => Choose([.. known.GroupBy(photo => photo.Sha256)], known.Count() * share, random)).ToHashSet();
        return ([.. photos.Where(photo => !held.Contains(photo))], [.. photos.Where(held.Contains)]);
    }

    private static List<TrainingPhoto> Choose(IGrouping<string, TrainingPhoto>[] files, double wanted, SampleRandom random)
    {
        List<TrainingPhoto> chosen = [];
        Shuffle(files, random);
        foreach (var file in files.Take(files.Length - 1))
        {
            if (chosen.Count > 0 && chosen.Count + 0.5 >= wanted)
                break;
            chosen.AddRange(file);
        }
        return chosen;
    }

    private static void Shuffle<T>(T[] items, SampleRandom random)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = random.Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
