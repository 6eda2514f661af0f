using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log.Sqlite;
using SockSort.Log.Sqlite.Retention;
using SockSort.Log.Sqlite.Storage;
using SockSort.Log.Sqlite.Writing;
using SockSort.Testing;

namespace SockSort.Log.Tests.Sqlite;

public sealed class StorageLogTests : IDisposable
{
    private readonly RecordedLog _log = new();
    private readonly FakeTimeProvider _time = new();
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_opened_log_and_its_end_are_logged_and_no_record_is()
    {
        var log = SqliteLog.Open(_folder.Path, loggers: _log);
        _ = await log.AppendAsync("socks", Text("p4yload"));
        await log.DisposeAsync();

        Assert.Equal([3001, 3002], _log.Ids);
        Assert.Equal((_folder.Path, log.Id), (_log.Events[0].Fields["Folder"], _log.Events[0].Fields["LogId"]));
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_logged_once_and_again_when_there_is_room()
    {
        await using var log = SqliteLog.Open(_folder.Path, loggers: _log);
        _ = await log.AppendAsync("socks", Text("a"));
        log.LimitPages(Convert.ToInt32(new FileInfo(_folder.File("log.db")).Length / 4096) + 8);
        for (var i = 0; i < 3; i++)
            _ = await Assert.ThrowsAsync<LogException>(() => log.AppendAsync("socks", Text(new string('x', 1 << 20))));

        log.LimitPages(1 << 20);
        _ = await log.AppendAsync("socks", Text("b"));

        Assert.Equal([3001, 3003, 3005], _log.Ids);
        Assert.Equal((LogLevel.Error, LogLevel.Information), (_log.Single(3003).Level, _log.Single(3005).Level));
        Assert.DoesNotContain("xxx", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_that_fails_otherwise_is_an_error_of_its_own()
    {
        Told().Failed(new LogException(LogErrorKind.Storage, "disk I/O error"));

        var failed = _log.Single(3004);
        Assert.Equal((LogLevel.Error, "disk I/O error"), (failed.Level, failed.Fields["Problem"]));
    }

    [Fact]
    public void A_slow_commit_is_logged_with_its_size_and_the_next_ones_a_minute_later()
    {
        var told = Told();
        WriteRequest[] group = [WriteRequest.Of(new LogCommit { Appends = [new("socks", 0, [Text("abc"), Text("p4yload")])] })];

        told.Committed(group, TimeSpan.FromMilliseconds(499));
        told.Committed(group, TimeSpan.FromMilliseconds(500));
        told.Committed(group, TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromMinutes(1));
        told.Committed(group, TimeSpan.FromSeconds(3));

        Assert.Equal([3006, 3006], _log.Ids);
        Assert.Equal(LogLevel.Warning, _log.Events[0].Level);
        Assert.Equal(
            $"log {_folder.Path}: a commit of 2 records and {group[0].LengthBytes} bytes took 500 ms; 1 over 500 ms since the start",
            _log.Events[0].Message);
        Assert.Equal((3000L, 3L), (_log.Events[1].Fields["Milliseconds"], _log.Events[1].Fields["Count"]));
    }

    [Fact]
    public async Task A_damaged_batch_is_logged_with_its_place_once_however_often_it_is_read()
    {
        await using var log = SqliteLog.Open(_folder.Path, loggers: _log);
        _ = await log.AppendAsync("socks", Text("p4yload"));
        using (var connection = LogFile.OpenForWriting(_folder.Path))
            _ = connection.Execute("UPDATE batches SET body = x'FFFFFF'");

        for (var i = 0; i < 3; i++)
            _ = Assert.Throws<LogException>(() => log.Read("socks", 0, 0));

        var damaged = _log.Single(3007);
        Assert.Equal(LogLevel.Error, damaged.Level);
        Assert.StartsWith("topic 'socks', partition 0, offset 0: the stored batch is damaged", $"{damaged.Fields["Problem"]}");
        Assert.DoesNotContain("p4yload", _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_retention_removes_is_logged_and_why_it_cannot_once()
    {
        var told = Told();

        told.RetentionApplied(new RetentionProgress(0, 0, Problem: null));
        told.RetentionApplied(new RetentionProgress(10, 2000, Problem: null));
        told.RetentionApplied(new RetentionProgress(10, 2000, "what is beyond its retention stays for now: locked"));
        told.RetentionApplied(new RetentionProgress(10, 2000, "what is beyond its retention stays for now: locked"));
        told.RetentionApplied(new RetentionProgress(20, 4000, Problem: null));

        Assert.Equal([3008, 3009, 3010], _log.Ids);
        Assert.Equal([LogLevel.Debug, LogLevel.Warning, LogLevel.Information], _log.Events.Select(logged => logged.Level));
        Assert.Equal((10L, 2000L), (_log.Events[0].Fields["Records"], _log.Events[0].Fields["Bytes"]));
    }

    [Fact]
    public async Task Retention_of_a_log_is_logged()
    {
        await using var log = SqliteLog.Open(_folder.Path, _time, _log);
        await log.CreateTopicAsync("socks", retention: new(TimeSpan.FromHours(1)));
        _ = await log.AppendAsync("socks", Text("old"));
        // The newest batch always stays, so another one has to be there when the time comes.
        _ = await log.AppendAsync("socks", Text("new"));

        _time.Advance(TimeSpan.FromHours(2));
        var removed = await _log.WaitForAsync(3008);

        Assert.Equal(1L, removed.Fields["Records"]);
    }

    private static NewRecord Text(string value) => new(Key: null, Encoding.UTF8.GetBytes(value));

    private StorageLog Told() => new(_log.CreateLogger("log"), _folder.Path, _time);
}
