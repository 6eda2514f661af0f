using SockSort.Models.Onnx;
using SockSort.Training.Features;
using SockSort.Training.Head;
using SockSort.Training.Photos;

namespace SockSort.Training.Rejection;

/// <summary>
/// Pictures that are made when the learning is over: changed copies of photos, and as many socks of no class. A tuned network has seen none
/// of them, nor the photos where these were held out; they say how sure it may be. Those of photos that were learnt from are the first of
/// <see cref="UnknownPictures"/>: no picture goes through the network twice.
/// </summary>
internal static class FreshPictures
{
    /// <summary>Their chance is apart from that of all pictures before.</summary>
    public const int FirstStream = 1 << 30;

    private const int MostOfEach = 240;
    private const int Copies = 4;

    /// <summary>
    /// Copies of the photos that <see cref="Learnt"/> takes, by turns, so that where there are too many photos each class still has some.
    /// </summary>
    public static Sample[] OfLearnt(IReadOnlyList<TrainingPhoto> photos)
    {
        var taken = Learnt(photos);
        return WithForeign([.. UnknownPictures.CopiesOf(taken, first: 0, RoundsOf(taken.Length))]);
    }

    /// <summary>How many copies <see cref="OfLearnt"/> makes of each photo.</summary>
    public static int RoundsOf(int photos) => Math.Clamp(MostOfEach / photos, 1, Copies);

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
    private static Sample[] AsTheyAre(IReadOnlyList<TrainingPhoto> photos) =>
        [.. photos.Select((photo, index) => new Sample(photo.Class, index, -1))];

    private static Sample[] CopiesOf(IReadOnlyList<TrainingPhoto> photos, int most)
    {
        if (most <= 0)
            return [];
        Sample[] copies = [.. UnknownPictures.CopiesOf(AsTheyAre(photos), first: 0, Copies)];
        var step = Math.Max(1, (copies.Length + most - 1) / most);
        return [.. copies.Where((_, index) => index % step == 0)];
    }

    private static Sample[] WithForeign(Sample[] known) =>
        [.. known, .. known.Select((_, number) => new Sample(-1, Sample.Foreign, number))];

    /// <param name="set">Their embeddings are a part of its rows.</param>
    /// <param name="embedding">Which part.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="head">On these.</param>
    public static HeldOutLogits Score(EmbeddedSet set, TappedValue embedding, Range rows, LinearHead head)
    {
        var logits = new HeldOutLogits();
        var (first, count) = rows.GetOffsetAndLength(set.Count);
        for (var row = first; row < first + count; row++)
            logits.Add(head, set.Row(row).Slice(embedding.First, embedding.Width), set.Classes[row]);
        return logits;
    }
}
