namespace SockSort.Sorting.Evaluation;

/// <summary>A sock that a method has counted.</summary>
/// <param name="ToldAtMs">When it was told; milliseconds since 1970, UTC.</param>
public sealed record Count(string Sock, long ToldAtMs);
