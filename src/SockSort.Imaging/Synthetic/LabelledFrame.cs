namespace SockSort.Imaging.Synthetic;

/// <summary>A frame with the truth about it.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Time">Since the start of the scenario.</param>
/// <param name="Frame">Owned by who receives it.</param>
/// <param name="Label">The sock's, or <see cref="Scenario.Blank"/>.</param>
public sealed record LabelledFrame(long Number, TimeSpan Time, Frame Frame, string Label);
