namespace SockSort.Training.FineTuning;

/// <summary>What the network should say of each picture of a batch.</summary>
internal static class Targets
{
    /// <summary>Class of a picture that shows none of the classes: all are as likely.</summary>
    public const int None = -1;

    /// <param name="classes">Class of each picture, or <see cref="None"/>.</param>
    /// <param name="count">Number of classes.</param>
    /// <param name="smoothing">Share that is spread over all classes, so that the network does not become too sure.</param>
    /// <returns>Row-major, a row a picture; each sums to 1.</returns>
    public static float[] Of(IReadOnlyList<int> classes, int count, double smoothing)
    {
        var targets = new float[classes.Count * count];
        targets.AsSpan().Fill((float)(smoothing / count));
        for (var i = 0; i < classes.Count; i++)
        {
            if (classes[i] == None)
                targets.AsSpan(i * count, count).Fill(1f / count);
            else
                targets[i * count + classes[i]] += (float)(1 - smoothing);
        }
        return targets;
    }
}
