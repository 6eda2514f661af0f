using SockSort.Sql.Planning;

namespace SockSort.Sql.Engine.Results;

/// <summary>How the rows of a query come about, from what it reads to what it writes.</summary>
/// <param name="Plans">The plan; of a built-in query one for each of its inputs.</param>
/// <param name="BuiltIn">Name of the operator that takes the rows of all plans; null for a query of SQL, which has one plan.</param>
/// <param name="Sinks">The streams and tables that it writes; none for a query whose rows go to who asks.</param>
public sealed record ExplainedQuery(IReadOnlyList<PlannedQuery> Plans, string? BuiltIn, IReadOnlyList<string> Sinks);
