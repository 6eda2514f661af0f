using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Writing;

/// <summary>Moves what lies in the write-ahead log into the file, beside the writer: no commit waits for it.</summary>
/// <remarks>
/// SQLite would do it in the commit that fills a thousand pages, which then takes ten times as long as the others. A checkpoint of another
/// connection blocks no writer, but what is committed meanwhile stays behind, and SQLite begins the write-ahead log anew only when nothing
/// is left: that little rest is the writer's.
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    // As much as a thousand pages, SQLite's own measure; a commit is some pages besides its records.
    private const long EveryBytes = 4 << 20;
    private const long CommitBytes = 12 << 10;

    private readonly SqliteConnection _connection;
    private readonly AutoResetEvent _due = new(false);
    private readonly Task _loop;
    private volatile bool _isStopped;
    private volatile bool _hasRest;
    private long _bytes;

    public Checkpointer(string directory)
    {
        _connection = LogFile.OpenBeside(directory);
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Told by the writer of each commit.</summary>
    /// <param name="lengthBytes">Of its records.</param>
    /// <returns>Whether a rest is left that the writer is to move, by <see cref="Checkpoint"/> on its own connection.</returns>
    public bool Committed(long lengthBytes)
    {
        _bytes += lengthBytes + CommitBytes;
        if (_bytes >= EveryBytes)
        {
            _bytes = 0;
            _ = _due.Set();
        }
        if (!_hasRest)
            return false;
        _hasRest = false;
        return true;
    }

    /// <summary>Moves what can be moved without waiting for anybody.</summary>
    public static void Checkpoint(SqliteConnection connection)
    {
        try
        {
            _ = connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
            // The disk is full or fails: all is in the write-ahead log still, and the next time will show.
        }
    }

    public void Dispose()
    {
        _isStopped = true;
        _ = _due.Set();
        _loop.GetAwaiter().GetResult();
        _connection.Dispose();
        _due.Dispose();
    }

    private void Loop()
    {
        while (_due.WaitOne() && !_isStopped)
        {
            Checkpoint(_connection);
            _hasRest = true;
        }
    }
}
