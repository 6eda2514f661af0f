namespace SockSort.Training.FineTuning;

/// <summary>The learning rate over the steps: up from near 0, then down along half a cosine to 0.</summary>
/// <param name="Steps">All steps, at least 1.</param>
/// <param name="WarmUpSteps">Steps until the full rate is reached.</param>
internal sealed record LearningSchedule(int Steps, int WarmUpSteps)
{
    /// <summary>Share of the full rate in a step, 0..1.</summary>
    /// <param name="step">From 0.</param>
    public double ShareAt(int step) =>
        Math.Min(1, (step + 1.0) / Math.Max(1, WarmUpSteps)) * (0.5 + 0.5 * Math.Cos(Math.PI * step / Steps));
}
