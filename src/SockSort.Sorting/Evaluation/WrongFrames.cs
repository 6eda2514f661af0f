namespace SockSort.Sorting.Evaluation;

/// <summary>Gives some frames of a scenario wrong labels: half of them alone, half in bursts of one label.</summary>
internal sealed class WrongFrames(ScenarioOptions options, Random random, string[] labels)
{
    private const string Blank = "Blank";

    // Of wrong labels so many are that of the sock that is alike.
    private const double ShareOfAlike = 0.6;

    public void Disturb(List<Moment> moments, double secondsPerFrame)
    {
        var wanted = (int)Math.Round(options.WrongFrames * moments.Count);
        var mostInBurst = Math.Max(1, (int)(options.MostBurstSeconds / secondsPerFrame));
        var inBursts = wanted / 2;
        while (inBursts > 0)
        {
            var length = Math.Min(inBursts, random.Next(1, mostInBurst + 1));
            inBursts -= Burst(moments, length);
        }
        for (var left = wanted - moments.Count(moment => moment.IsWrong); left > 0; left--)
            Single(moments[random.Next(moments.Count)]);
    }

    /// <returns>The number of frames that are wrong now.</returns>
    private int Burst(List<Moment> moments, int length)
    {
        var from = random.Next(Math.Max(1, moments.Count - length));
        // A burst of blank frames is a gap to anybody: bursts take one sock for another, or see one where there is none.
        var said = WrongSock(moments[from].Truth);
        foreach (var moment in moments.Skip(from).Take(length))
            moment.Said = said;
        return length;
    }

    private void Single(Moment moment) =>
        moment.Said = moment.Truth != Blank && random.NextDouble() < 1.0 / (labels.Length + 1) ? Blank : WrongSock(moment.Truth);

    private string WrongSock(string truth)
    {
        if (Alike(labels, truth) is { } alike && random.NextDouble() < ShareOfAlike)
            return alike;
        var others = labels.Where(label => label != truth).ToArray();
        return others[random.Next(others.Length)];
    }

    /// <summary>The sock that looks much like this one: the first and the second are alike, the third and the fourth, and so on.</summary>
    public static string? Alike(string[] labels, string sock)
    {
        var index = Array.IndexOf(labels, sock);
        return index < 0 ? null : labels.ElementAtOrDefault(index ^ 1);
    }
}
