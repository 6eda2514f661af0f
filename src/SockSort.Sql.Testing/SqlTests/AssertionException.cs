using SockSort.Shared;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Testing.SqlTests;

/// <summary>What an assertion says of a row or of a source does not hold.</summary>
/// <param name="at">The assertion.</param>
/// <param name="problem">The problem in ksqlDB's words, for tests that expect it.</param>
/// <param name="javaClass">The exception's class as ksqlDB's runner throws it.</param>
internal sealed class AssertionException(SourceSpan at, string problem, string javaClass) : ExpectedException(problem)
{
    public SourceSpan At { get; } = at;

    public string JavaClass { get; } = javaClass;

    /// <inheritdoc/>
    public override string Code => "sql-test-assertion";

    /// <inheritdoc/>
    public override string Place => At.Place;
}
