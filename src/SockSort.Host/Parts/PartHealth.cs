namespace SockSort.Host.Parts;

/// <summary>How a part is, in its own words.</summary>
/// <param name="IsHealthy">Whether it does what it is there for.</param>
/// <param name="Problem">What is wrong and what to do; null where nothing is.</param>
public sealed record PartHealth(bool IsHealthy, string? Problem = null)
{
    /// <summary>Does what it is there for.</summary>
    public static PartHealth Good { get; } = new(true);

    /// <summary>Does not; says why.</summary>
    public static PartHealth Bad(string problem) => new(false, problem);
}
