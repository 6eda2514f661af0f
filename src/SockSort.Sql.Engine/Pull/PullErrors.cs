using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Engine.Pull;

/// <summary>Why a pull query is refused or ended.</summary>
internal static class PullErrors
{
    public static SqlException OfJoin(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0304", at, "a pull query reads one stream or table, not a join",
            "make the join a table with CREATE TABLE … AS SELECT, or write EMIT CHANGES");

    public static SqlException KeyOfOtherType(string key, SqlType type, Expression looked) =>
        SqlException.Analysis(
            "SQL0350", looked.Span, $"no key of column {key}, which is {type}, can be {looked}", $"write a value of type {type}");

    public static SqlException NullKey(string key, SourceSpan at) =>
        SqlException.Analysis("SQL0343", at, $"the key `{key}` cannot be NULL, so no row is found by it", "take the NULL out of WHERE");

    public static SqlException PlaceNamed(string column, string clause, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0340", at, $"pull queries don't support the following columns in {clause} clauses: `{column}`",
            "leave it out, or write EMIT CHANGES");

    public static SqlException TableOfNoQuery(string table, string query, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0332", at, $"table '{table}' isn't queryable: query {query}, which wrote it, was terminated",
            "make it again with CREATE OR REPLACE TABLE … AS SELECT, or read what its topic holds with EMIT CHANGES");

    public static SqlException OthersFirst(TimeSpan waited) =>
        new("SQL0334", SqlPhase.Run, SourceSpan.None, $"the pull query has waited for {waited.TotalSeconds:0.###} s for those before "
            + "it: one reads at a time", "ask again later, or read it with EMIT CHANGES")
        { IsTransient = true };

    public static SqlException TooLong(TimeSpan most, SourceSpan at) =>
        new("SQL0324", SqlPhase.Run, at, $"the pull query has read for {most.TotalSeconds:0.###} s, which "
            + "is the most that one may", "read it with EMIT CHANGES, add LIMIT, or make a table of what is asked for");

    public static SqlException NoRoom(string source, int rows, long bytes, SourceSpan at) =>
        new("SQL0333", SqlPhase.Run, at, $"the pull query of '{source}' was ended: at {rows} rows of its answer it took {bytes / 1e6:0.0} "
            + "MB, more than the state of the queries leaves",
            "read it with EMIT CHANGES, add LIMIT, or make a smaller table of what is asked for")
        { IsTransient = true };
}
