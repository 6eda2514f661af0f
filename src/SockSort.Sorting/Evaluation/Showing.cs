namespace SockSort.Sorting.Evaluation;

/// <summary>A sock that is held before the camera once.</summary>
/// <param name="FromMs">When the first frame of it was captured; milliseconds since 1970, UTC.</param>
public sealed record Showing(string Sock, long FromMs);
