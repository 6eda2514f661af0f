using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Statements;

/// <summary>The mistakes in what statements ask of topics.</summary>
internal static class TopicErrors
{
    public static SqlException NotFound(string topic, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0265", at, $"topic '{topic}' does not exist", Names.DidYouMean(topic, known) ?? $"topics: {string.Join(", ", known)}");

    public static SqlException OtherPartitions(string topic, int existing, int wanted, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0347", at, $"topic '{topic}' exists already with {existing} partitions, not with {wanted}",
            "leave PARTITIONS out, or take another topic");

    public static SqlException JoinedPartitions(string left, int ofLeft, string right, int ofRight, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0352", at,
            $"can't join {left} with {right} since the number of partitions don't match: {left} partitions = {ofLeft}; "
                + $"{right} partitions = {ofRight}",
            "please repartition either one so that the number of partitions match: CREATE … WITH (PARTITIONS = n) AS SELECT");

    public static SqlException AssertUnknown(string setting, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0348", at, $"ASSERT TOPIC knows no setting '{setting}'", "it looks at PARTITIONS; REPLICAS is taken as it is");

    public static SqlException AssertPartitions(string topic, int existing, string wanted, SourceSpan at) =>
        new("SQL0349", SqlPhase.Run, at, $"topic '{topic}' has PARTITIONS {existing}, not {wanted}", null);

    public static SqlException AssertFailed(string topic, bool expected, SourceSpan at) =>
        new("SQL0302", SqlPhase.Run, at, $"topic '{topic}' {(expected ? "does not exist" : "exists")}", null);

    public static SqlException Shared(string topic, IEnumerable<string> others, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0337", at, $"cannot delete topic '{topic}': other sources use it: {string.Join(", ", others)}",
            "drop those first, or leave DELETE TOPIC out");

    public static SqlException Own(string topic, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0322", at, $"topic '{topic}' is the program's own, and nobody else writes it",
            "take another topic; to read it, make a stream over it");

    public static SqlException NotShown(string topic, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0323", at, $"topic '{topic}' is not shown: statements in it may hold passwords",
            "SHOW STREAMS, TABLES, QUERIES and CONNECTORS tell what exists");
}
