using SockSort.Sql.Syntax;

namespace SockSort.Sql.Testing.SqlTests;

/// <summary>One test of a file: its text from its <c>--@test</c> to the next.</summary>
/// <param name="File">Path of the file; scripts that it runs are found beside it.</param>
/// <param name="Name">The text behind <c>--@test:</c>.</param>
/// <param name="Line">Line of its <c>--@test</c>, from 1.</param>
/// <param name="Statements">Its text, at the lines where it stands in the file.</param>
/// <param name="ExpectedError">Behind <c>--@expected.error:</c>, a class of ksqlDB's; null where it names none.</param>
/// <param name="ExpectedMessage">Behind <c>--@expected.message:</c>, a part of the message; null where it names none.</param>
public sealed record SqlTest(
    string File, string Name, int Line, SourceText Statements, string? ExpectedError = null, string? ExpectedMessage = null)
{
    /// <summary>Whether one of its statements must fail.</summary>
    public bool MustFail => ExpectedError is not null || ExpectedMessage is not null;
}
