namespace SockSort.Dashboard.Watching;

/// <summary>How a step of the way is.</summary>
internal enum StepState
{
    Good,
    Waiting,
    Bad,
}

/// <summary>A figure of a step: a word and what it is now.</summary>
internal sealed record StepFigure(string Name, string Value);

/// <summary>The health of one step on a sock's way.</summary>
/// <param name="Kind">What it is: <c>Camera</c>.</param>
/// <param name="Name">Which one; empty where there is one only.</param>
/// <param name="Said">The state in a word or two.</param>
/// <param name="Problem">The last error; null for none.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record HealthStep(
    string Kind, string Name, StepState State, string Said, IReadOnlyList<StepFigure> Figures, string? Problem = null,
    string? Advice = null);
