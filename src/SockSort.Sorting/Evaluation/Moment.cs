namespace SockSort.Sorting.Evaluation;

/// <summary>A frame of a scenario before it is recognised.</summary>
/// <param name="Truth">What is before the camera.</param>
/// <param name="Seconds">Since the scenario's start.</param>
internal sealed record Moment(string Truth, double Seconds)
{
    /// <summary>What the model takes it for.</summary>
    public string Said { get; set; } = Truth;

    /// <summary>The sock comes or goes: the model is less sure.</summary>
    public bool IsBlurred { get; init; }

    /// <summary>The edge has been started again before it.</summary>
    public bool IsNewRun { get; init; }

    public bool IsWrong => Said != Truth;
}
