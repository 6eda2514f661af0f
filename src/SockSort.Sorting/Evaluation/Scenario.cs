using SockSort.Sorting.Sightings;

namespace SockSort.Sorting.Evaluation;

/// <summary>What one camera tells over some minutes, and what really was before it.</summary>
/// <param name="Frames">In the order in which they come; some come twice.</param>
/// <param name="Truth">In the order in which they were shown.</param>
/// <param name="Restarts">Numbers of the frames before which SockSort is started again.</param>
public sealed record Scenario(IReadOnlyList<LabelledFrame> Frames, IReadOnlyList<Showing> Truth, IReadOnlySet<int> Restarts);
