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

    public static string RecordsMissed(string topic, long from, long first) =>
        $"topic '{topic}': offsets {from} to {first - 1} went by its retention before they were read; reading goes on at {first}";

    public static SqlException RecordFailed(string topic, long offset, Exception error) =>
        new(
            "SQL0301", SqlPhase.Run, SourceSpan.None, $"topic '{topic}', offset {offset}: {error.Message}",
            "the query has stopped; correct the record or the query and start it again", error);
}
