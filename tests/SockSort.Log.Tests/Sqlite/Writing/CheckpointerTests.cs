using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.Log.Tests.Sqlite.Writing;

public sealed class CheckpointerTests
{
    private const long EveryBytes = 4 << 20;

    [Fact]
    public async Task The_write_ahead_log_stays_small_however_much_is_appended_without_a_pause()
    {
        using var folder = new TempFolder();
        await using var log = SqliteLog.Open(folder.Path);
        var record = new NewRecord(default(ReadOnlyMemory<byte>?), new byte[64 << 10]);

        for (var i = 0; i < 1600; i++)
            _ = log.Append("t", [record]);

        // 100 MB went through it; the writer itself would have begun it anew at 80.
        Assert.InRange(new FileInfo(folder.File("log.db-wal")).Length, 1, 6 * EveryBytes);
        Assert.Equal(1600, log.EndOffset("t"));
    }

    [Fact]
    public async Task What_was_appended_while_it_was_moved_is_there_after_the_log_was_closed()
    {
        using var folder = new TempFolder();
        await using (var log = SqliteLog.Open(folder.Path))
        {
            for (var i = 0; i < 200; i++)
                _ = log.Append("t", [new NewRecord(default(ReadOnlyMemory<byte>?), new byte[64 << 10], i)]);
        }

        using var reader = SqliteLogReader.Open(folder.Path);

        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), reader.Read("t", 0, 0).Select(record => record.TimestampMs));
        Assert.False(File.Exists(folder.File("log.db-wal")) && new FileInfo(folder.File("log.db-wal")).Length > EveryBytes);
    }
}
