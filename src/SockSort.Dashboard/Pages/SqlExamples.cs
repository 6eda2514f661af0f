namespace SockSort.Dashboard.Pages;

/// <summary>Statements to begin with.</summary>
internal static class SqlExamples
{
    public const string First = "SHOW STREAMS;\nSHOW TABLES;";

    public static readonly IReadOnlyList<(string Name, string Text)> All =
    [
        ("What is there", First),
        ("The newest messages", "PRINT 'data_mqtt' LIMIT 20;"),
        ("The ledger", "SELECT sock, pairs, odd, seen FROM sock_ledger;"),
        ("Pairs as they are found", "SELECT sock, pairs FROM pair_found EMIT CHANGES;"),
        ("Pairs as the original counts them", """
            CREATE STREAM IF NOT EXISTS sock_stream (image VARCHAR, probability DOUBLE)
              WITH (KAFKA_TOPIC = 'data_mqtt', VALUE_FORMAT = 'JSON');
            CREATE TABLE IF NOT EXISTS sock_stream_smoothed AS
              SELECT image, COUNT(*) AS seen FROM sock_stream WINDOW TUMBLING (SIZE 5 SECONDS)
              WHERE image != 'Blank' GROUP BY image HAVING COUNT(*) > 3;
            SELECT image, COUNT(*) AS socks,
                CASE WHEN (COUNT(*) / 2) * 2 = COUNT(*) THEN 'Pair' ELSE 'Un-matched' END AS state
              FROM sock_stream_smoothed GROUP BY image EMIT CHANGES;
            """),
    ];
}
