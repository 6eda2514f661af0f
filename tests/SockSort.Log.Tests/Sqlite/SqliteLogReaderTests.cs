using System.Text;
using SockSort.Log.Sqlite;
using SockSort.Log.Sqlite.Storage;
using SockSort.Testing;

namespace SockSort.Log.Tests.Sqlite;

public class SqliteLogReaderTests
{
    [Fact]
    public void Large_records_come_in_several_reads()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path);
        for (var i = 0; i < 5; i++)
            _ = log.Append("pictures", [new NewRecord(default(ReadOnlyMemory<byte>?), new byte[6 << 20])]);

        var first = log.Read("pictures", 0, fromOffset: 0, maxRecords: 100);
        var second = log.Read("pictures", 0, fromOffset: first.Count, maxRecords: 100);

        Assert.Equal((3, 2), (first.Count, second.Count));
    }

    [Fact]
    public async Task A_reader_without_the_writers_signal_sees_new_records_soon()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path);
        _ = await log.AppendAsync("socks", Text("a"));
        using var reader = SqliteLogReader.Open(folder.Path);

        var waiting = reader.WaitForAsync("socks", 0, offset: 1);
        Assert.False(waiting.IsCompleted);
        _ = await log.AppendAsync("socks", Text("b"));
        await waiting.WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["0 a", "1 b"], SqliteLogTests.Read(reader, "socks"));
    }

    [Fact]
    public void A_folder_without_log_is_named()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<LogException>(() => SqliteLogReader.Open(folder.Path));

        Assert.Equal(LogErrorKind.NotFound, error.Kind);
        Assert.Equal($"{folder.Path} holds no log; name the folder of a running or finished demo with --data", error.Message);
    }

    [Fact]
    public async Task A_damaged_batch_is_named_when_it_is_read()
    {
        using var folder = new TempFolder();
        using (var log = SqliteLog.Open(folder.Path))
            _ = await log.AppendAsync("socks", Text("a"));
        using (var connection = LogFile.OpenForWriting(folder.Path))
            _ = connection.Execute("UPDATE batches SET body = substr(body, 1, length(body) - 1) || x'FF'");
        using var reader = SqliteLogReader.Open(folder.Path);

        var error = Assert.Throws<LogException>(() => reader.Read("socks", 0, 0));

        Assert.Equal("topic 'socks', partition 0, offset 0: the stored batch is damaged (checksum differs)", error.Message);
    }

    private static NewRecord Text(string value) => new(null, Encoding.UTF8.GetBytes(value));
}
