using SockSort.Sorting.Topics;
using SockSort.Sql.Syntax;

namespace SockSort.Sorting.Queries;

/// <summary>The statements that make what sorting reads and writes known to SQL.</summary>
public static class SortingScript
{
    /// <summary>Name of the script in messages.</summary>
    public const string Name = "sorting";

    /// <param name="framesTopic">The topic of the frames' messages.</param>
    /// <returns>Statements that say what is to exist.</returns>
    public static string For(string framesTopic) => $"""
        CREATE STREAM {SortingNames.Frames} (image STRING, probability DOUBLE, camera STRING, seq BIGINT, ts BIGINT, `RUN` STRING,
          unknown DOUBLE, second STRING, second_probability DOUBLE)
          WITH (KAFKA_TOPIC = {SqlPrinter.Quote(framesTopic)}, VALUE_FORMAT = 'JSON');
        CREATE SOURCE STREAM {SortingNames.Sightings} (id STRING KEY, camera STRING, sock STRING, phase STRING, seen_from BIGINT,
          seen_to BIGINT, frames BIGINT, confidence DOUBLE, closed_by STRING)
          WITH (KAFKA_TOPIC = '{SortingNames.Sightings}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
        CREATE STREAM {SortingNames.Corrections} (id STRING KEY, kind STRING, sighting STRING, sock STRING, into_sock STRING,
          was STRING)
          WITH (KAFKA_TOPIC = '{SortingNames.Corrections}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
        CREATE SOURCE TABLE {SortingNames.Ledger} (sock STRING PRIMARY KEY, seen BIGINT, pairs BIGINT, odd BIGINT, last_seen BIGINT,
          last_sighting STRING, wash BIGINT, total_seen BIGINT, total_pairs BIGINT)
          WITH (KAFKA_TOPIC = '{SortingNames.Ledger}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
        CREATE SOURCE STREAM {SortingNames.Pairs} (sock STRING KEY, pairs BIGINT, wash BIGINT, first_sighting STRING,
          second_sighting STRING, camera STRING, found_at BIGINT)
          WITH (KAFKA_TOPIC = '{SortingNames.Pairs}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
        CREATE SOURCE STREAM {SortingNames.Washes} (sock STRING KEY, wash BIGINT, seen BIGINT, pairs BIGINT, odd BIGINT, done_at BIGINT)
          WITH (KAFKA_TOPIC = '{SortingNames.Washes}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
        CREATE SOURCE TABLE {SortingNames.Results} (id STRING PRIMARY KEY, kind STRING, sighting STRING, accepted BOOLEAN, reason STRING,
          decided_at BIGINT)
          WITH (KAFKA_TOPIC = '{SortingNames.Results}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);
        """;
}
