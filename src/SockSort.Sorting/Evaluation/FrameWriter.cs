using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Evaluation;

/// <summary>Says of each moment what a calibrated model would: of what it is not sure it says so, as a rule.</summary>
/// <remarks>
/// Of the frames below 80 % about half are right, of those above 97 of 100: by these shares the numbers below were chosen.
/// </remarks>
internal sealed class FrameWriter(Random random, string[] labels)
{
    private const double ShareOfUnsure = 0.15;
    private const double ShareOfOverconfident = 0.15;

    public List<LabelledFrame> Write(List<Moment> moments, long startMs)
    {
        var frames = new List<LabelledFrame>();
        var (run, seq) = (NewRun(), 0L);
        var tellsMore = random.NextDouble() < 0.5;
        foreach (var moment in moments)
        {
            if (moment.IsNewRun)
                (run, seq) = (NewRun(), 0);
            var first = Probability(moment);
            var second = SecondOf(moment);
            var frame = new LabelledFrame(moment.Said, Math.Round(first * 100, 2), startMs + (long)(moment.Seconds * 1000))
            {
                Run = run,
                Seq = ++seq,
            };
            if (tellsMore)
                frame = frame with
                {
                    Unknown = Math.Round(Between(0, moment.IsWrong || moment.IsBlurred ? 0.5 : 0.2), 4),
                    Second = second,
                    SecondPercent = Math.Round((1 - first) * Between(0.5, 0.9) * 100, 2),
                };
            frames.Add(frame);
        }
        return frames;
    }

    private double Probability(Moment moment)
    {
        if (moment.IsWrong)
            return random.NextDouble() < ShareOfOverconfident ? Between(0.8, 0.97) : Between(0.35, 0.8);
        if (moment.IsBlurred)
            return Between(0.35, 0.9);
        return random.NextDouble() < ShareOfUnsure ? Between(0.5, 0.9) : Between(0.9, 0.995);
    }

    private string SecondOf(Moment moment)
    {
        if (moment.IsWrong && random.NextDouble() < 0.7)
            return moment.Truth;
        if (WrongFrames.Alike(labels, moment.Said) is { } alike && random.NextDouble() < 0.6)
            return alike;
        var others = labels.Append("Blank").Where(label => label != moment.Said).ToArray();
        return others[random.Next(others.Length)];
    }

    private double Between(double from, double to) => from + ((to - from) * random.NextDouble());

    private string NewRun() => random.NextInt64().ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
