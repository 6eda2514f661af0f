using SockSort.Shared;

namespace SockSort.Sql.Testing.SqlTests;

/// <summary>A file that is no file of SQL tests. The message names the file, with the line where one is at fault.</summary>
public sealed class SqlTestException : ExpectedException
{
    internal SqlTestException(string place, string problem)
        : base($"{place}: {problem}") => Place = place;

    /// <inheritdoc/>
    public override string Code => "sql-test";

    /// <inheritdoc/>
    public override string Place { get; }
}
