namespace SockSort.Deploy.Flink.Gateway;

/// <summary>What a statement has given.</summary>
/// <param name="Job">The id of the job that it submitted; null where it submitted none.</param>
internal sealed record FlinkAnswer(IReadOnlyList<IReadOnlyList<string?>> Rows, string? Job);
