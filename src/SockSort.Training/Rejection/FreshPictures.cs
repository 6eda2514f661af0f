using SockSort.Models.Onnx;
using SockSort.Training.Features;
using SockSort.Training.Head;

namespace SockSort.Training.Rejection;

/// <summary>
/// Pictures that are made when the learning is over: changed copies of the photos, and as many socks of no class. A tuned network
/// has seen every photo, but none of these; they say how sure it may be.
/// </summary>
internal static class FreshPictures
{
    /// <summary>Their chance is apart from that of all pictures before.</summary>
    public const int FirstStream = 1 << 30;

    private const int MostOfEach = 240;
    private const int Copies = 4;

    /// <summary>Copies by turns, so that where there are too many photos each class still has some.</summary>
    public static Sample[] Of(TrainingPlan plan)
    {
        Sample[] copies = [.. Enumerable.Range(0, Copies).SelectMany(copy => plan.Photos.Select((photo, index) => new Sample(photo.Class, index, copy)))];
        var step = Math.Max(1, (copies.Length + MostOfEach - 1) / MostOfEach);
        copies = [.. copies.Where((_, index) => index % step == 0)];
        return [.. copies, .. Enumerable.Range(0, copies.Length).Select(copy => new Sample(-1, Sample.Foreign, copy))];
    }

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
