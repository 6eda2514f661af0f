namespace SockSort.Host.Parts;

/// <summary>The health of a part, as the part reports it.</summary>
/// <param name="IsHealthy">Whether the part works.</param>
/// <param name="Problem">What is wrong and what to do; null if nothing is.</param>
public sealed record PartHealth(bool IsHealthy, string? Problem = null)
{
    /// <summary>The part works.</summary>
    public static PartHealth Good { get; } = new(true);

    /// <summary>The part does not work, for this reason.</summary>
    public static PartHealth Bad(string problem) => new(false, problem);
}
