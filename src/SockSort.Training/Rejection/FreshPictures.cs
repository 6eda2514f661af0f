using SockSort.Models.Onnx;
using SockSort.Training.Features;
using SockSort.Training.Head;
using SockSort.Training.Photos;

namespace SockSort.Training.Rejection;

/// <summary>
/// Pictures that are made when the learning is over: changed copies of photos, and as many socks of no class. A tuned network has seen none
/// of them, nor the photos where these were held out; they say how sure it may be.
/// </summary>
internal static class FreshPictures
{
    /// <summary>Their chance is apart from that of all pictures before.</summary>
    public const int FirstStream = 1 << 30;

    private const int MostOfEach = 240;
    private const int Copies = 4;

    /// <summary>Copies by turns, so that where there are too many photos each class still has some.</summary>
    public static Sample[] OfLearnt(IReadOnlyList<TrainingPhoto> photos) => WithForeign(CopiesOf(photos, MostOfEach));

    /// <summary>The photos as they are, which were learnt from; so many that each class has some.</summary>
    public static Sample[] Learnt(IReadOnlyList<TrainingPhoto> photos)
    {
        var step = Math.Max(1, (photos.Count + MostOfEach - 1) / MostOfEach);
        return [.. photos.Index().Where(photo => photo.Index % step == 0).Select(photo => new Sample(photo.Item.Class, photo.Index, -1))];
    }

    /// <summary>Each photo as it is, in their order, then as above.</summary>
    public static Sample[] OfHeldOut(IReadOnlyList<TrainingPhoto> photos) =>
        WithForeign([.. AsTheyAre(photos), .. CopiesOf(photos, MostOfEach - photos.Count)]);

    /// <summary>Each photo as it is, in their order.</summary>
    public static Sample[] AsTheyAre(IReadOnlyList<TrainingPhoto> photos) =>
        [.. photos.Select((photo, index) => new Sample(photo.Class, index, -1))];

    private static Sample[] CopiesOf(IReadOnlyList<TrainingPhoto> photos, int most)
    {
        if (most <= 0)
            return [];
        Sample[] copies =
        [
            .. Enumerable.Range(0, Copies).SelectMany(copy => photos.Select((photo, index) => new Sample(photo.Class, index, copy))),
        ];
        var step = Math.Max(1, (copies.Length + most - 1) / most);
        return [.. copies.Where((_, index) => index % step == 0)];
    }

    private static Sample[] WithForeign(Sample[] known) =>
        [.. known, .. known.Select((_, number) => new Sample(-1, Sample.Foreign, number))];

    /// <param name="set">Their embeddings.</param>
    /// <param name="head">On these.</param>
    public static HeldOutLogits Score(EmbeddedSet set, LinearHead head)
    {
        var logits = new HeldOutLogits();
        for (var row = 0; row < set.Count; row++)
            logits.Add(head, set.Row(row), set.Classes[row]);
        return logits;
    }
}
