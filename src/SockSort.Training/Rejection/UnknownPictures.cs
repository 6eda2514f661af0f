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
    private const int Foreign = 72;

    public static Sample[] Of(TrainingPlan plan)
    {
        var photos = FreshPictures.Learnt(plan.Photos);
        var copies = Math.Clamp(MostKnown / photos.Length, 1, MostCopies);
        return
        [
            .. photos,
            .. Enumerable.Range(0, copies).SelectMany(copy => photos.Select(photo => photo with { Copy = copy })),
            .. Enumerable.Range(0, Backgrounds).Select(number => new Sample(plan.Background, Sample.Background, number)),
            .. Enumerable.Range(0, Foreign).Select(number => new Sample(-1, Sample.Foreign, number)),
        ];
    }
}
