using SockSort.Training.Features;

namespace SockSort.Training.Rejection;

/// <summary>Pictures that say how far from a class its pictures may be: photos, many changed copies of them, painted backgrounds.</summary>
internal static class UnknownPictures
{
    /// <summary>Their chance is apart from that of all pictures before.</summary>
    public const int FirstStream = FreshPictures.FirstStream + (1 << 28);

    // Fewer than 12 copies of a photo: distances say more of chance than of the sock.
    private const int MostCopies = 20;
    private const int MostKnown = 400;
    private const int Backgrounds = 80;

    /// <summary>
    /// The photos as they are and <see cref="FreshPictures.OfLearnt"/>, which judge the model, too; then more copies, and backgrounds.
    /// </summary>
    public static Sample[] Of(TrainingPlan plan)
    {
        var photos = FreshPictures.Learnt(plan.Photos);
        var (judging, all) = (FreshPictures.RoundsOf(photos.Length), Math.Clamp(MostKnown / photos.Length, 1, MostCopies));
        return
        [
            .. photos,
            .. FreshPictures.OfLearnt(plan.Photos),
            .. CopiesOf(photos, judging, Math.Max(judging, all)),
            .. Enumerable.Range(0, Backgrounds).Select(number => new Sample(plan.Background, Sample.Background, number)),
        ];
    }

    /// <summary>Changed copies of the photos, each of the same numbers.</summary>
    /// <param name="photos">As they are.</param>
    /// <param name="first">Number of the first copy.</param>
    /// <param name="end">Number behind the last one's.</param>
    public static IEnumerable<Sample> CopiesOf(IReadOnlyList<Sample> photos, int first, int end) =>
        Enumerable.Range(first, end - first).SelectMany(copy => photos.Select(photo => photo with { Copy = copy }));
}
