using Microsoft.Data.Sqlite;

namespace SockSort.Log.Sqlite.Storage;

/// <summary>The tables of <c>log.db</c>, described in docs/reference/log-format.md.</summary>
internal static class Schema
{
    /// <summary>Stored in the file's <c>user_version</c>; 0 means a file without tables.</summary>
    public const int Version = 2;

    private const string Tables = """
        CREATE TABLE log (
            id TEXT NOT NULL);
        INSERT INTO log (id) VALUES (lower(hex(randomblob(16))));
        CREATE TABLE topics (
            id         INTEGER PRIMARY KEY,
            name       TEXT NOT NULL UNIQUE,
            partitions INTEGER NOT NULL,
            retention_ms    INTEGER,
            retention_bytes INTEGER);
        CREATE TABLE batches (
            id          INTEGER PRIMARY KEY,
            topic       INTEGER NOT NULL REFERENCES topics (id),
            partition   INTEGER NOT NULL,
            base_offset INTEGER NOT NULL,
            count       INTEGER NOT NULL,
            body        BLOB NOT NULL,
            newest      INTEGER);
        CREATE UNIQUE INDEX batches_by_offset ON batches (topic, partition, base_offset, count);
        CREATE TABLE consumer_offsets (
            consumer    TEXT NOT NULL,
            topic       TEXT NOT NULL,
            partition   INTEGER NOT NULL,
            next_offset INTEGER NOT NULL,
            PRIMARY KEY (consumer, topic, partition)) WITHOUT ROWID;
        CREATE TABLE states (
            owner TEXT NOT NULL,
            key   BLOB NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (owner, key)) WITHOUT ROWID;
        """;

    // Version 1 had no retention and did not store the newest timestamp of a batch: it is read from the batch when it is needed.
    private const string FromVersion1 = """
        ALTER TABLE topics ADD COLUMN retention_ms INTEGER;
        ALTER TABLE topics ADD COLUMN retention_bytes INTEGER;
        ALTER TABLE batches ADD COLUMN newest INTEGER;
        """;

    /// <summary>Creates the tables of a new file, and migrates a file of an older version.</summary>
    /// <exception cref="LogException">The file is of a newer version (<see cref="LogErrorKind.TooNew"/>).</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        var found = Check(connection, path);
        if (found == Version)
            return;
        using var transaction = connection.BeginTransaction();
        _ = connection.Execute(found == 0 ? Tables : FromVersion1);
        _ = connection.Execute($"PRAGMA user_version = {Version}");
        transaction.Commit();
    }

    /// <summary>Returns the file's version.</summary>
    /// <exception cref="LogException">The file is of a newer version (<see cref="LogErrorKind.TooNew"/>).</exception>
    public static long Check(SqliteConnection connection, string path)
    {
        var found = connection.Scalar("PRAGMA user_version");
        return found > Version ? throw SqliteErrors.TooNew(path, found) : found;
    }
}
