namespace SockSort.Models.Inference;

/// <summary>What a frame most probably shows.</summary>
/// <param name="Index">Class; index of the label.</param>
/// <param name="Label">The shown name, or <c>Blank</c> for none.</param>
/// <param name="Probability">0..1.</param>
public readonly record struct Classification(int Index, string Label, float Probability);
