using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log.Sqlite;
using SockSort.Log.Sqlite.Batches;
using SockSort.Log.Sqlite.Storage;
using SockSort.Testing;

namespace SockSort.Log.Tests.Sqlite.Retention;

public class TopicRetentionTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);

    [Fact]
    public async Task What_is_older_than_its_time_goes_batch_by_batch_and_offsets_go_on()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        await log.CreateTopicAsync("socks", retention: new(TimeSpan.FromHours(1)));
        _ = await log.AppendAsync("socks", [Text("a"), Text("b")]);
        _clock.Advance(TimeSpan.FromMinutes(50));
        _ = await log.AppendAsync("socks", Text("c"));

        _clock.Advance(TimeSpan.FromMinutes(20));
        var next = await log.AppendAsync("socks", Text("d"));
        await Eventually.TrueAsync(() => log.FirstOffset("socks") == 2, "the first batch is gone");

        Assert.Equal(3, next);
        Assert.Equal(["2 c", "3 d"], SqliteLogTests.Read(log, "socks"));
        Assert.Equal((2, null), (log.Removed.RemovedRecords, log.Removed.Problem));
        Assert.Equal((2, 2), (log.PartitionsOf("socks")[0].FirstOffset, log.PartitionsOf("socks")[0].Records));
    }

    [Fact]
    public async Task What_has_gone_is_counted_for_the_metrics()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        var counted = new Dictionary<string, long>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listener) => Listen(instrument, listener) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("folder", folder.Path)))
                counted[instrument.Name] = value;
        });
        listener.Start();
        await log.CreateTopicAsync("socks", retention: new(TimeSpan.FromHours(1)));
        _ = await log.AppendAsync("socks", [Text("a"), Text("b")]);
        _ = await log.AppendAsync("socks", Text("c"));
        var lengthBytes = log.PartitionsOf("socks")[0].LengthBytes!.Value;

        _clock.Advance(TimeSpan.FromHours(2));
        await Eventually.TrueAsync(() => log.Removed.RemovedRecords == 2, "the first batch is gone");
        listener.RecordObservableInstruments();

        var left = log.PartitionsOf("socks")[0].LengthBytes!.Value;
        Assert.Equal(
            new()
            {
                ["socksort.log.removed.records"] = 2,
                ["socksort.log.removed.bytes"] = lengthBytes - left,
                ["socksort.log.retention.failing"] = 0,
            },
            counted);
    }

    [Fact]
    public async Task The_time_that_counts_is_the_records_own()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        await log.CreateTopicAsync("socks", retention: new(TimeSpan.FromHours(1)));

        _ = await log.AppendAsync("socks", Text("old", Start - TimeSpan.FromHours(2)));
        _ = await log.AppendAsync("socks", [Text("old", Start - TimeSpan.FromHours(2)), Text("young", Start)]);
        _ = await log.AppendAsync("socks", Text("old", Start - TimeSpan.FromHours(2)));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => log.FirstOffset("socks") > 0, "the first batch is gone");

        Assert.Equal(["1 old", "2 young", "3 old"], SqliteLogTests.Read(log, "socks"));
    }

    [Fact]
    public async Task The_newest_batch_stays_whatever_its_age_and_a_reopened_log_knows_where_it_was()
    {
        using var folder = new TempFolder();
        using (var log = SqliteLog.Open(folder.Path, _clock))
        {
            await log.CreateTopicAsync("socks", retention: new(TimeSpan.FromSeconds(1)));
            _ = await log.AppendAsync("socks", Text("a"));
            _ = await log.AppendAsync("socks", Text("b"));
            _clock.Advance(TimeSpan.FromDays(1));
            await Eventually.TrueAsync(() => log.FirstOffset("socks") == 1, "without an append the timer looks after it");
        }

        using var reopened = SqliteLog.Open(folder.Path, _clock);
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(["1 b"], SqliteLogTests.Read(reopened, "socks"));
        Assert.Equal(2, await reopened.AppendAsync("socks", Text("c")));
    }

    [Fact]
    public async Task Beyond_its_bytes_the_oldest_go_from_each_partition_and_from_no_other_topic()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        await log.CreateTopicAsync("socks", partitions: 2, new(Bytes: 50_000));
        for (var i = 0; i < 20; i++)
        {
            _ = await log.AppendAsync("socks", Text(new string('x', 10_000)), partition: 0);
            _ = await log.AppendAsync("other", Text(new string('x', 10_000)));
        }
        _ = await log.AppendAsync("socks", Text("small"), partition: 1);

        await Eventually.TrueAsync(() => log.PartitionsOf("socks")[0].LengthBytes <= 50_000, "only so many bytes are left");

        Assert.Equal(16, log.FirstOffset("socks", 0));
        Assert.Equal(0, log.FirstOffset("socks", 1));
        Assert.Equal(20, log.PartitionsOf("other")[0].Records);
    }

    [Fact]
    public async Task Another_process_may_set_it_while_the_log_is_written()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        for (var i = 0; i < 10; i++)
            _ = await log.AppendAsync("socks", Text(new string('x', 10_000)));

        SqliteLog.SetRetention(folder.Path, "socks", new(TimeSpan.FromDays(7), 30_000));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => log.FirstOffset("socks") == 8, "the writer has seen it");

        Assert.Equal(new TopicRetention(TimeSpan.FromDays(7), 30_000), log.FindTopic("socks")!.Retention);
        Assert.Equal(9, (await log.AppendAsync("socks", Text("next"))) - 1);
    }

    [Fact]
    public async Task Many_old_batches_go_in_several_steps_and_the_file_becomes_small_again()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        var value = new string('x', 100_000);
        for (var i = 0; i < 600; i++)
            _ = await log.AppendAsync("socks", Text(value));
        var full = log.PartitionsOf("socks")[0].LengthBytes!.Value;

        SqliteLog.SetRetention(folder.Path, "socks", new(Bytes: 1_000_000));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => FileBytes(folder) < 12 << 20, "the file is small again");

        Assert.InRange(full, 60_000_000, 61_000_000);
        Assert.InRange(log.PartitionsOf("socks")[0].LengthBytes!.Value, 1, 1_000_000);
        Assert.Null(log.Removed.Problem);
    }

    [Fact]
    public async Task A_time_longer_than_all_times_keeps_everything()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        await log.CreateTopicAsync("socks", retention: new(TimeSpan.MaxValue));

        _ = await log.AppendAsync("socks", [Text("a"), Text("b")]);
        _clock.Advance(TimeSpan.FromDays(1));
        _ = await log.AppendAsync("socks", Text("c"));

        Assert.Equal((0, null), (log.Removed.RemovedRecords, log.Removed.Problem));
        Assert.Equal(3, log.EndOffset("socks"));
    }

    [Fact]
    public async Task A_full_file_makes_room_again()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path, _clock);
        await log.CreateTopicAsync("socks", retention: new(TimeSpan.FromHours(1)));
        log.LimitPages(400);
        var error = await Assert.ThrowsAsync<LogException>(async () =>
        {
            for (; ; )
                _ = await log.AppendAsync("socks", Text(new string('x', 100_000)));
        });

        _clock.Advance(TimeSpan.FromHours(2));
        await Eventually.TrueAsync(() => log.PartitionsOf("socks")[0].Records == 1, "what is old is gone");
        _ = await log.AppendAsync("socks", Text(new string('x', 100_000)));

        Assert.Equal(LogErrorKind.DiskFull, error.Kind);
    }

    [Fact]
    public async Task A_log_of_version_1_is_read_as_it_is_and_brought_to_this_version_by_its_writer()
    {
        using var folder = new TempFolder();
        WriteVersion1(folder);
        using (var reader = SqliteLogReader.Open(folder.Path))
            Assert.Equal(TopicRetention.Everything, reader.FindTopic("socks")!.Retention);

        using var log = SqliteLog.Open(folder.Path, _clock);
        _ = await log.AppendAsync("socks", Text("c"));
        SqliteLog.SetRetention(folder.Path, "socks", new(TimeSpan.FromHours(1)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => log.FirstOffset("socks") == 1, "the time of an old batch is read from it");

        Assert.Equal(["1 young", "2 c"], SqliteLogTests.Read(log, "socks"));
    }

    private static void Listen(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == SqliteLog.MeterName)
            listener.EnableMeasurementEvents(instrument);
    }

    private static void WriteVersion1(TempFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("log.db")};Pooling=false");
        connection.Open();
        _ = connection.Execute("""
            CREATE TABLE log (id TEXT NOT NULL);
            INSERT INTO log (id) VALUES ('00');
            CREATE TABLE topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, partitions INTEGER NOT NULL);
            CREATE TABLE batches (
              id INTEGER PRIMARY KEY, topic INTEGER NOT NULL REFERENCES topics (id), partition INTEGER NOT NULL,
              base_offset INTEGER NOT NULL, count INTEGER NOT NULL, body BLOB NOT NULL);
            CREATE UNIQUE INDEX batches_by_offset ON batches (topic, partition, base_offset, count);
            CREATE TABLE consumer_offsets (
              consumer TEXT NOT NULL, topic TEXT NOT NULL, partition INTEGER NOT NULL, next_offset INTEGER NOT NULL,
              PRIMARY KEY (consumer, topic, partition)) WITHOUT ROWID;
            CREATE TABLE states (owner TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (owner, key)) WITHOUT ROWID;
            INSERT INTO topics (name, partitions) VALUES ('socks', 1);
            PRAGMA user_version = 1;
            """);
        foreach (var (offset, record) in ((int, NewRecord)[])[(0, Text("old", Start - TimeSpan.FromHours(2))), (1, Text("young", Start))])
        {
            _ = connection.Execute("INSERT INTO batches (topic, partition, base_offset, count, body) VALUES (1, 0, $offset, 1, $body)",
                ("$offset", offset), ("$body", BatchCodec.Encode([record], nowMs: 0)));
        }
    }

    private static long FileBytes(TempFolder folder) => new FileInfo(folder.File("log.db")).Length;

    private static NewRecord Text(string value, DateTimeOffset? at = null) =>
        new(null, Encoding.UTF8.GetBytes(value), at?.ToUnixTimeMilliseconds());
}
