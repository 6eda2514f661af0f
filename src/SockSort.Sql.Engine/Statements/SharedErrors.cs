using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>What servers that share their work can't do.</summary>
internal static class SharedErrors
{
    public static SqlException JoinOfOtherKey(SourceSpan at) => SqlException.Analysis("SQL0353", at,
        "servers that share their work join streams and tables by the keys of their records only, and this join compares other columns",
        "write the records by that column first: CREATE STREAM … AS SELECT … PARTITION BY, and join its result");

    public static SqlException Replace(SourceSpan at) => SqlException.Analysis("SQL0354", at,
        "servers that share their work can't replace a query while others work on it", "drop it, and create it again");

    public static SqlException DeleteTopic(SourceSpan at) => SqlException.Analysis("SQL0355", at,
        "servers that share their work can't delete a topic while others may still write into it",
        "drop it without DELETE TOPIC, and delete the topic when all servers have done so");

    public static SqlException Connector(SourceSpan at) => SqlException.Analysis("SQL0356", at,
        "servers that share their work run no connectors: each would read the same messages",
        "run them in a server without --share, or on Kafka Connect by socksort deploy connect");
}
