namespace SockSort.Imaging.Synthetic;

/// <summary>One stretch of a scenario.</summary>
/// <param name="Sock">The label of the sock before the camera; null where there is none.</param>
/// <param name="Duration">Longer than nothing.</param>
public readonly record struct Showing(string? Sock, TimeSpan Duration)
{
    /// <summary>What a classifier should say of it: the sock's label, or <see cref="Scenario.Blank"/>.</summary>
    public string Label => Sock ?? Scenario.Blank;
}
