namespace SockSort.Training.FineTuning;

/// <summary>What the frozen part gives for some pictures, or the pictures where nothing is frozen.</summary>
/// <param name="Values">N x C x H x W; may be longer.</param>
/// <param name="Count">N.</param>
/// <param name="Shape">C, H, W.</param>
internal sealed record FeatureBatch(float[] Values, int Count, IReadOnlyList<long> Shape)
{
    /// <summary>Numbers of one picture.</summary>
    public int Length => (int)(Shape[0] * Shape[1] * Shape[2]);
}
