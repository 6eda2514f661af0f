using System.Text;
using SockSort.Log.Tests.Writing;
using SockSort.Testing;

namespace SockSort.Log.Tests.Reading;

public class LogReaderTests
{
    [Fact]
    public async Task Reading_may_begin_anywhere_within_a_batch()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);
        _ = await log.AppendAsync("socks", [.. Enumerable.Range(0, 10).Select(i => EventLogTests.Text($"{i}"))]);
        _ = await log.AppendAsync("socks", [.. Enumerable.Range(10, 10).Select(i => EventLogTests.Text($"{i}"))]);

        var records = log.Reader.Read("socks", 0, fromOffset: 8, maxRecords: 4);

        Assert.Equal([8, 9, 10, 11], records.Select(record => record.Offset));
        Assert.Empty(log.Reader.Read("socks", 0, fromOffset: 20));
    }

    [Fact]
    public void Large_records_come_in_several_reads()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);
        for (var i = 0; i < 5; i++)
            _ = log.Append("pictures", [new NewRecord(default(ReadOnlyMemory<byte>?), new byte[6 << 20])]);

        var first = log.Reader.Read("pictures", 0, fromOffset: 0, maxRecords: 100);
        var second = log.Reader.Read("pictures", 0, fromOffset: first.Count, maxRecords: 100);

        Assert.Equal((3, 2), (first.Count, second.Count));
    }

    [Fact]
    public void Time_key_and_headers_come_back()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path, new FixedClock(DateTimeOffset.FromUnixTimeMilliseconds(1700000000123)));
        _ = log.Append("socks", [new NewRecord("left"u8.ToArray(), null, Headers: [new RecordHeader("mqtt.qos", "1"u8.ToArray())])]);

        var record = Assert.Single(log.Reader.Read("socks", 0, 0));

        Assert.Equal(1700000000123, record.TimestampMs);
        Assert.Equal("left", Encoding.UTF8.GetString(record.Key!.Value.Span));
        Assert.Null(record.Value);
        Assert.Equal("mqtt.qos", Assert.Single(record.Headers).Name);
    }

    [Fact]
    public async Task A_reader_without_the_writers_signal_sees_new_records_soon()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);
        _ = await log.AppendAsync("socks", EventLogTests.Text("a"));
        using var reader = LogReader.Open(folder.Path);

        var waiting = reader.WaitForAsync("socks", 0, offset: 1);
        Assert.False(waiting.IsCompleted);
        _ = await log.AppendAsync("socks", EventLogTests.Text("b"));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["0 a", "1 b"], EventLogTests.Read(reader, "socks"));
    }

    [Fact]
    public async Task Following_gives_old_and_new_records_of_a_topic_that_did_not_exist()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));

        var following = log.Reader.FollowAsync("socks", 0, 0, enough.Token).Take(3).ToListAsync(enough.Token).AsTask();
        for (var i = 0; i < 3; i++)
            _ = await log.AppendAsync("socks", EventLogTests.Text($"{i}"));
        var records = await following;

        Assert.Equal([0, 1, 2], records.Select(record => record.Offset));
    }

    [Fact]
    public void A_folder_without_log_is_named()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<LogException>(() => LogReader.Open(folder.Path));

        Assert.Equal(LogErrorKind.NotFound, error.Kind);
        Assert.Equal($"{folder.Path} holds no log; name the folder of a running or finished demo with --data", error.Message);
    }

    [Fact]
    public async Task A_damaged_batch_is_named_when_it_is_read()
    {
        using var folder = new TempFolder();
        using (var log = EventLog.Open(folder.Path))
            _ = await log.AppendAsync("socks", EventLogTests.Text("a"));
        using (var connection = LogFile.OpenForWriting(folder.Path))
            _ = connection.Execute("UPDATE batches SET body = substr(body, 1, length(body) - 1) || x'FF'");
        using var reader = LogReader.Open(folder.Path);

        var error = Assert.Throws<LogException>(() => reader.Read("socks", 0, 0));

        Assert.Equal("topic 'socks', partition 0, offset 0: the stored batch is damaged (checksum differs)", error.Message);
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
