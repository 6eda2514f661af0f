using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Queries;

/// <summary>Why a running query, or one for a client, was ended or left records out.</summary>
internal static class QueryErrors
{
    public static SqlException StateTooLarge(string query, long bytes, long limit) =>
        new("SQL0303", SqlPhase.Run, SourceSpan.None, $"query {query} was ended: the state of all queries takes about {bytes / 1_000_000} "
            + $"MB, the limit is {limit / 1_000_000} MB, and this query's is the largest",
            "filter earlier, group by fewer keys, or shorten the window, its GRACE PERIOD or RETENTION", null);

    public static SqlException ClientTooSlow(string query, int dropped, TimeSpan patience) =>
        new("SQL0321", SqlPhase.Run, SourceSpan.None, $"query {query} was ended: its client has made no room for "
            + $"{patience.TotalSeconds:0} s, and the {dropped} rows that waited for it are dropped",
            "read faster, select fewer rows, or write into a stream and read its topic", null);

    public static SqlException PullTooLong(TimeSpan most, SourceSpan at) =>
        new("SQL0324", SqlPhase.Run, at, $"the pull query has read for {most.TotalSeconds:0.###} s, which "
            + "is the most that one may", "read it with EMIT CHANGES, add LIMIT, or make a table of what is asked for");

    public static SqlException TableOfNoQuery(string table, string query, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0332", at, $"table '{table}' isn't queryable: query {query}, which wrote it, was terminated",
            "make it again with CREATE OR REPLACE TABLE … AS SELECT, or read what its topic holds with EMIT CHANGES");

    public static SqlException NoRoomForPull(string source, int rows, long bytes, SourceSpan at) =>
        new("SQL0333", SqlPhase.Run, at, $"the pull query of '{source}' was ended: at {rows} rows of its answer it took {bytes / 1e6:0.0} "
            + "MB, more than the state of the queries leaves",
            "read it with EMIT CHANGES, add LIMIT, or make a smaller table of what is asked for")
        { IsTransient = true };

    public static SqlException PullsBusy(TimeSpan waited) =>
        new("SQL0334", SqlPhase.Run, SourceSpan.None, $"the pull query has waited for {waited.TotalSeconds:0.###} s for those before "
            + "it: one reads at a time", "ask again later, or read it with EMIT CHANGES")
        { IsTransient = true };

    public static SqlException PullOfJoin(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0304", at, "a pull query reads one stream or table, not a join",
            "make the join a table with CREATE TABLE … AS SELECT, or write EMIT CHANGES");

    public static SqlException PullDisabled(string what, string property, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0339", at, $"{what} is switched off by {property} = false", $"SET '{property}' = 'true', or name the keys in WHERE");

    public static SqlException PlaceInPull(string column, string clause, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0340", at, $"pull queries don't support the following columns in {clause} clauses: `{column}`",
            "leave it out, or write EMIT CHANGES");

    public static string RecordsMissed(string topic, long from, long first) =>
        $"topic '{topic}': offsets {from} to {first - 1} went by its retention before they were read; reading goes on at {first}";

    public static SqlException RecordFailed(string topic, long offset, Exception error) =>
        new(
            "SQL0301", SqlPhase.Run, SourceSpan.None, $"topic '{topic}', offset {offset}: {error.Message}",
            "the query has stopped; correct the record or the query and start it again", error);
}
