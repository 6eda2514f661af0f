namespace SockSort.Sql.Engine.Queries;

/// <summary>The log cannot be written or read: no query goes on until it can.</summary>
/// <param name="Problem">What is wrong and what to do.</param>
/// <param name="RetryAt">When it is tried again.</param>
public sealed record StorageTrouble(string Problem, DateTimeOffset RetryAt);
