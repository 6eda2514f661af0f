using System.Numerics.Tensors;
using SockSort.Models.Onnx;
using SockSort.Training.Features;

namespace SockSort.Training.Head;

/// <summary>What a head makes of photos that it was not taught, by folds of whole photos.</summary>
/// <param name="Folds">Number of heads that were learnt, each without one share of the photos and of all their copies.</param>
/// <param name="Photos">For each photo the class that a head which has not seen it says; -1 = was never held out.</param>
/// <param name="CopiesRight">Share of the changed copies of held-out photos that were told right, 0..1.</param>
/// <param name="Temperature">What the logits must be divided by for the probabilities of held-out copies to be true shares.</param>
internal sealed record CrossValidation(int Folds, int[] Photos, double CopiesRight, double Temperature)
{
    private const int MostFolds = 5;

    /// <summary>
    /// For each photo what a head which has not seen it gives at the temperature, shares of 1; null = was never held out.
    /// </summary>
    public required IReadOnlyList<float[]?> Probabilities { get; init; }

    /// <param name="set">Photos as they are, their copies, painted backgrounds.</param>
    /// <param name="photos">Class of each photo, and the hash of its file: copies of one file are held out together.</param>
    /// <param name="threads">Cores to use.</param>
    /// <param name="fit">Learns a head from the given rows; also told the number of folds. Several at once.</param>
    /// <returns>Null when every class has but one photo: then nothing can be held out.</returns>
    public static CrossValidation? Run(
        EmbeddedSet set, IReadOnlyList<(int Class, string Sha256)> photos, int threads, Func<IReadOnlyList<int>, int, LinearHead> fit)
    {
        var fold = PhotoFolds.Assign(photos, MostFolds, out var folds);
        if (folds < 2)
            return null;
        var said = Enumerable.Repeat(-1, photos.Count).ToArray();
        var logits = new float[photos.Count][];
        var held = new HeldOutLogits();
        var heads = new LinearHead[folds];
        ParallelWork.Run(() => Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = threads }, k =>
        {
            // A background in the colours of a photo is held out with it.
            int[] rows = [.. Enumerable.Range(0, set.Count).Where(row => set.Seen[row] < 0 || fold[set.Seen[row]] != k)];
            heads[k] = fit(rows, folds);
        }));
        for (var k = 0; k < folds; k++)
        {
            for (var row = 0; row < set.Count; row++)
            {
                if (set.Photos[row] < 0 || fold[set.Photos[row]] != k)
                    continue;
                if (set.IsCopy[row])
                    held.Add(heads[k], set.Row(row), set.Classes[row]);
                else
                    said[set.Photos[row]] = TensorPrimitives.IndexOfMax<float>(logits[set.Photos[row]] = ScoresOf(heads[k], set.Row(row)));
            }
        }
        var temperature = held.BestTemperature();
        return new CrossValidation(folds, said, held.ShareRight(), temperature)
        {
            Probabilities = [.. logits.Select(scores => scores is null ? null : HeldOutLogits.SharesOf(scores, temperature))],
        };
    }

    private static float[] ScoresOf(LinearHead head, ReadOnlySpan<float> embedding)
    {
        var scores = new float[head.Classes];
        SoftmaxRegression.Score(head, embedding, scores);
        return scores;
    }
}
