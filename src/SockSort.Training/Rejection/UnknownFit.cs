using SockSort.Models.Onnx;
using SockSort.Training.Evaluation;
using SockSort.Training.Features;
using SockSort.Training.Head;

namespace SockSort.Training.Rejection;

/// <summary>Fits the output <c>unknown</c> to the pictures of a training, and says what it is worth.</summary>
/// <param name="plan">What was learnt from.</param>
/// <param name="set">Rows of all values, one after another: known pictures and socks of no class.</param>
/// <param name="values">What a row holds.</param>
/// <param name="threads">Cores to use.</param>
internal sealed class UnknownFit(TrainingPlan plan, EmbeddedSet set, IReadOnlyList<TappedValue> values, int threads)
{
    /// <summary>From here on a picture is unknown: <see cref="Deviations"/> above the middle of the known pictures.</summary>
    public const double Threshold = 0.5;

    // A third of the photos judges what the others say: about what a camera does to a sock. More folds would judge too kindly.
    private const int MostFolds = 3;

    // Each takes as long as a fit; more classes say the same.
    private const int MostLeftOut = 12;

    // Of a normal distribution 2.3 % lie above. Their own quantile would hang on a handful of the hardest copies.
    private const float Deviations = 2;

    // Light, noise and turns move a picture away from all classes; a sock of no class is as far from its nearest one as from the others.
    private const float Relative = 0.7f;

    // Held-out photos say something of the threshold when they are as many.
    private const int FewestHeld = 20;

    private const float LeastDeviation = 1e-3f;
    private const string ForeignLabel = "socks of no class, painted or recoloured";

    // What the middle known picture gets: log odds of 1 to 19.
    private static readonly float Surely = MathF.Log(19);

    private readonly int[] _known = [.. Enumerable.Range(0, set.Count).Where(row => set.Classes[row] >= 0)];
    private readonly ParallelOptions _limits = new() { MaxDegreeOfParallelism = threads };
    private float[] _weights = [];

    /// <param name="held">Pictures that nothing was learnt from, with the same values; null = there are none.</param>
    /// <param name="heldLabels">What each of them shows.</param>
    /// <returns>Null where no class has two photos: then nothing says how far from its class a new picture may be.</returns>
    public FittedUnknown? Run(EmbeddedSet? held, IReadOnlyList<string> heldLabels)
    {
        var photoFolds = PhotoFolds.Assign([.. plan.Photos.Select(photo => (photo.Class, photo.Sha256))], MostFolds, out var folds);
        if (folds < 2)
            return null;
        int[] foldOf = [.. Enumerable.Range(0, set.Count).Select(row => set.Seen[row] < 0 ? -1 : photoFolds[set.Seen[row]])];
        var without = new ClassSpread[folds][];
        ForEach(folds, fold => without[fold] = Spreads(row => foldOf[row] != fold));
        int[] judged = [.. _known.Where(row => foldOf[row] >= 0 && set.Photos[row] >= 0)];
        float[][][] logs = [.. judged.Select(row => Logs(without[foldOf[row]], set, row))];
        _weights = [.. values.Select((_, part) => WeightOf([.. logs.Select(parts => parts[part].Min())]))];

        var all = Spreads(_ => true);
        float[] sums = [.. logs.Select(Score)];
        float[] heldSums = held is null ? [] : [.. Enumerable.Range(0, held.Count).Select(row => Score(Logs(all, held, row)))];
        var head = HeadOf(all, sums, [.. heldSums.Where((_, row) => held!.Classes[row] >= 0)]);

        var known = judged.Zip(sums, (row, sum) => Judge(LabelOf(set.Classes[row]), isKnown: true, head, sum));
        var foreign = Enumerable.Range(0, set.Count).Where(row => set.Classes[row] < 0)
            .Select(row => Judge(ForeignLabel, isKnown: false, head, Score(Logs(all, set, row))));
        UnknownJudgement[] heldOut =
        [
            .. heldSums.Select((sum, row) => Judge(heldLabels[row], held!.Classes[row] >= 0, head, sum)),
        ];
        return new FittedUnknown(head, new UnknownEstimate(
            Threshold, [.. known, .. heldOut.Where(picture => picture.IsKnown)], LeftOut(head),
            [.. foreign, .. heldOut.Where(picture => !picture.IsKnown)]))
        {
            Held = held is null ? null : [.. heldOut.Select(picture => picture.Unknown)],
        };
    }

    private UnknownHead HeadOf(ClassSpread[] spreads, float[] sums, float[] heldSums)
    {
        var (half, limit) = LimitOf(sums);
        if (heldSums.Length >= FewestHeld)
            limit = Math.Max(limit, LimitOf(heldSums).Limit);
        return new UnknownHead(
            [.. spreads.Zip(_weights, (spread, weight) => (spread.ToGraph(), weight))], limit,
            Surely / MathF.Max(LeastDeviation, limit - half))
        {
            Relative = Relative,
        };
    }

    /// <summary>The middle of known pictures' sums, and above which a picture is unknown.</summary>
    private static (float Half, float Limit) LimitOf(float[] sums)
    {
        var half = sums.Order().ElementAt(sums.Length / 2);
        return (half, half + Deviations * DeviationOf(sums));
    }

    /// <summary>The pictures of each class, judged as if it had not been there.</summary>
    private UnknownJudgement[] LeftOut(UnknownHead head)
    {
        int[] classes = [.. plan.Photos.Select(photo => photo.Class).Distinct().Where(known => known != plan.Background).Order()];
        var step = Math.Max(1, (classes.Length + MostLeftOut - 1) / MostLeftOut);
        classes = [.. classes.Where((_, index) => index % step == 0)];
        var found = new UnknownJudgement[classes.Length][];
        ForEach(classes.Length, index =>
        {
            var spreads = Spreads(row => set.Classes[row] != classes[index]);
            found[index] =
            [
                .. _known.Where(row => set.Classes[row] == classes[index] && set.Photos[row] >= 0)
                    .Select(row => Judge(LabelOf(classes[index]), isKnown: false, head, Score(Logs(spreads, set, row)))),
            ];
        });
        return [.. found.SelectMany(pictures => pictures)];
    }

    private void ForEach(int count, Action<int> work) => ParallelWork.Run(() => Parallel.For(0, count, _limits, work));

    private string LabelOf(int known) => plan.Classes[known].Label;

    private ClassSpread[] Spreads(Func<int, bool> isTaken)
    {
        int[] rows = [.. _known.Where(isTaken)];
        return [.. values.Select(value => ClassSpread.Of(set, value, rows))];
    }

    /// <summary>For each value the logarithms of the distances to each class.</summary>
    private static float[][] Logs(ClassSpread[] spreads, EmbeddedSet from, int row) =>
        [.. spreads.Select(spread => spread.LogDistances(from, row))];

    /// <summary>As the graph has it: weighed logarithms added class by class; the least of them, less a share of their mean.</summary>
    private float Score(float[][] logs)
    {
        float[] sums =
        [
            .. Enumerable.Range(0, logs[0].Length).Select(known => logs.Select((parts, part) => parts[known] * _weights[part]).Sum()),
        ];
        return sums.Min() - Relative * sums.Average();
    }

    private static UnknownJudgement Judge(string label, bool isKnown, UnknownHead head, float sum) =>
        new(label, isKnown, 1 / (1 + Math.Exp(-head.Slope * (sum - head.Middle))));

    /// <summary>So that all values move the sum as much.</summary>
    private static float WeightOf(float[] logs) => 1 / MathF.Max(LeastDeviation, DeviationOf(logs));

    private static float DeviationOf(float[] numbers)
    {
        var mean = numbers.Average();
        return MathF.Sqrt(numbers.Average(number => (number - mean) * (number - mean)));
    }
}
