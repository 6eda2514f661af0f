namespace SockSort.Models.Learnt;

/// <summary>What a model sees in a frame of a sock that is being shown.</summary>
/// <param name="Embedding">Of any length that is not 0; the same of all frames of a model.</param>
/// <param name="Unknown">Whether it shows a sock that the model was not taught, 0..1; null = the model does not say.</param>
public readonly record struct ShownLook(float[] Embedding, float? Unknown = null);
