using Microsoft.Data.Sqlite;

namespace SockSort.Log.Sqlite.Storage;

/// <summary>Opens connections to the <c>log.db</c> of a data folder.</summary>
internal static class LogFile
{
    // A checkpoint or another process's recovery locks the file for milliseconds; 10 s is far beyond that.
    private const int BusySeconds = 10;

    public static string PathIn(string directory) => Path.Combine(directory, "log.db");

    // The writer checkpoints by itself only if the background checkpointer has not for this many pages: 80 MB.
    private const int LastResortPages = 20_000;

    /// <summary>Opens a connection for writing; creates the file and its tables if they do not exist.</summary>
    public static SqliteConnection OpenForWriting(string directory) => Open(directory, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        // Incremental auto-vacuum returns freed pages a few at a time; it must be set before the file's first page is written.
        if (connection.Scalar("PRAGMA page_count") == 0)
            _ = connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        _ = connection.Execute("PRAGMA journal_mode = WAL");
        _ = connection.Execute("PRAGMA synchronous = FULL");
        _ = connection.Execute($"PRAGMA wal_autocheckpoint = {LastResortPages}");
        Schema.Ensure(connection, PathIn(directory));
    });

    /// <summary>Opens a connection for reading, which also works while another process writes and after one was killed.</summary>
    public static SqliteConnection OpenForReading(string directory)
    {
        if (!File.Exists(PathIn(directory)))
            throw SqliteErrors.NoLog(directory);
        // Not SqliteOpenMode.ReadOnly: the first reader after a killed writer has to rebuild the WAL's index.
        return Open(directory, SqliteOpenMode.ReadWrite, connection =>
        {
            if (Schema.Check(connection, PathIn(directory)) == 0)
                throw SqliteErrors.NoLog(directory);
            _ = connection.Execute("PRAGMA query_only = ON");
        });
    }

    /// <summary>Opens a connection that checkpoints the write-ahead log of an existing file.</summary>
    public static SqliteConnection OpenBeside(string directory) => Open(directory, SqliteOpenMode.ReadWrite, _ => { });

    public static string IdOf(SqliteConnection connection)
    {
        using var select = connection.Command("SELECT id FROM log");
        return (string)select.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string directory, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var path = PathIn(directory);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        try
        {
            connection.Open();
            prepare(connection);
            return connection;
        }
        catch (Exception error)
        {
            connection.Dispose();
            if (error is SqliteException sqlite)
                throw SqliteErrors.From(sqlite, path);
            throw;
        }
    }
}
