using SockSort.Sql.Formats;
using SockSort.Sql.Types;

namespace SockSort.Sql.Catalog;

/// <summary>
/// <c>KSQL_PROCESSING_LOG</c>: a view of the dead letters, a row for each record that a query has skipped. Its first four columns are
/// those of ksqlDB's stream of that name; the others say the same without digging.
/// </summary>
public static class ProcessingLog
{
    /// <summary>The topic of dead letters. As all topics of the program's own it begins with an underscore.</summary>
    public const string Topic = "_socksort_dead_letters";

    /// <summary>The stream of dead letters. It exists at any time but is not listed; a user's stream of that name goes before it.</summary>
    public static DataSource Source { get; } = new(
        "KSQL_PROCESSING_LOG", IsTable: false, IsReadOnly: true, Schema(), Topic, new(FormatKind.None), new(FormatKind.Json),
        Window: null, Timestamp: null, QueryId: null, Sql: "");

    private static SourceSchema Schema()
    {
        var causes = SqlType.ArrayOf(SqlType.String);
        var unread = SqlType.StructOf(
        [
            new("TARGET", SqlType.String), new("ERRORMESSAGE", SqlType.String), new("RECORDB64", SqlType.String), new("CAUSE", causes),
            new("TOPIC", SqlType.String),
        ]);
        var failed = SqlType.StructOf([new("ERRORMESSAGE", SqlType.String), new("RECORD", SqlType.String), new("CAUSE", causes)]);
        var message = SqlType.StructOf(
        [
            new("TYPE", SqlType.Integer), new("DESERIALIZATIONERROR", unread), new("RECORDPROCESSINGERROR", failed),
            new("PRODUCTIONERROR", SqlType.StructOf([new("ERRORMESSAGE", SqlType.String)])),
        ]);
        return new(
            [],
            [
                new("LOGGER", SqlType.String), new("LEVEL", SqlType.String), new("TIME", SqlType.Bigint), new("MESSAGE", message),
                new("QUERYID", SqlType.String), new("SOURCE_TOPIC", SqlType.String), new("SOURCE_PARTITION", SqlType.Integer),
                new("SOURCE_OFFSET", SqlType.Bigint), new("REASON", SqlType.String),
            ],
            []);
    }
}
