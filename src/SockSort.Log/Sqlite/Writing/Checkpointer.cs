using Microsoft.Data.Sqlite;
using SockSort.Log.Sqlite.Storage;

namespace SockSort.Log.Sqlite.Writing;

/// <summary>Checkpoints the write-ahead log into the file in the background, so that no commit waits for it.</summary>
/// <remarks>
/// By default SQLite checkpoints in the commit that fills a thousand pages, which then takes ten times as long as the others. A checkpoint
/// on another connection does not block the writer, but leaves behind what is committed meanwhile, and SQLite restarts the write-ahead
/// log only when nothing is left. The writer checkpoints that small rest.
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    // About a thousand pages, SQLite's own default; a commit takes a few pages besides its records.
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

    /// <summary>The writer calls this after each commit.</summary>
    /// <param name="lengthBytes">The length of the commit's records in bytes.</param>
    /// <returns>True if the writer has to checkpoint a rest with <see cref="Checkpoint"/> on its own connection.</returns>
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

    /// <summary>Checkpoints as much as is possible without waiting for readers or writers.</summary>
    public static void Checkpoint(SqliteConnection connection)
    {
        try
        {
            _ = connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
            // The disk is full or fails: everything is still in the write-ahead log, and the next checkpoint tries again.
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
