namespace SockSort.Models.Packing;

/// <summary>What a foreign graph gives for a picture.</summary>
/// <param name="Scores">How many numbers, one a label.</param>
/// <param name="HasShares">Whether they are shares of 1.</param>
/// <param name="Features">How many features.</param>
/// <param name="Together">Pictures that a run must have; 1 = as many as one likes, or one.</param>
internal sealed record ForeignAnswer(int Scores, bool HasShares, int Features, int Together);
