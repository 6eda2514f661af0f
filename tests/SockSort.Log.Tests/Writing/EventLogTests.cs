using System.Text;
using SockSort.Testing;

namespace SockSort.Log.Tests.Writing;

public class EventLogTests
{
    [Fact]
    public async Task Appended_records_are_read_back_in_their_order()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);

        var offset = await log.AppendAsync("socks", [Text("a"), Text("b")]);
        var next = await log.AppendAsync("socks", Text("c"));

        Assert.Equal((0, 2), (offset, next));
        Assert.Equal(["0 a", "1 b", "2 c"], Read(log.Reader, "socks"));
    }

    [Fact]
    public async Task Concurrent_appends_get_offsets_without_gaps_in_the_order_of_the_calls()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);

        var offsets = await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => log.AppendAsync("socks", Text($"{i}"))));

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (long)i), offsets);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i} {i}"), Read(log.Reader, "socks", maxRecords: 10_000));
    }

    [Fact]
    public async Task A_reopened_log_goes_on_where_it_ended()
    {
        using var folder = new TempFolder();
        using (var first = EventLog.Open(folder.Path))
            _ = await first.AppendAsync("socks", [Text("a"), Text("b")]);

        using var second = EventLog.Open(folder.Path);
        var offset = await second.AppendAsync("socks", Text("c"));

        Assert.Equal(2, offset);
        Assert.Equal(["0 a", "1 b", "2 c"], Read(second.Reader, "socks"));
    }

    [Fact]
    public async Task Partitions_count_their_offsets_apart()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);
        await log.CreateTopicAsync("socks", partitions: 3);

        var left = await log.AppendAsync("socks", [Text("a"), Text("b")], partition: 0);
        var right = await log.AppendAsync("socks", Text("c"), partition: 2);

        Assert.Equal((0, 0), (left, right));
        Assert.Equal(["0 c"], Read(log.Reader, "socks", partition: 2));
        Assert.Equal(["0: 0-2", "1: 0-0", "2: 0-1"],
            log.Reader.FindTopic("socks")!.Partitions.Select(part => $"{part.Partition}: {part.FirstOffset}-{part.EndOffset}"));
    }

    [Fact]
    public async Task A_wrong_request_fails_alone()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);

        var before = log.AppendAsync("socks", Text("a"));
        var wrong = log.AppendAsync("socks", Text("b"), partition: 7);
        var after = log.AppendAsync("socks", Text("c"));

        Assert.Equal("topic 'socks' has no partition 7: it has 1, counted from 0", (await Assert.ThrowsAsync<LogException>(() => wrong)).Message);
        Assert.Equal((0, 1), (await before, await after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("with blank")]
    [InlineData("a/b")]
    public async Task A_topic_name_that_Kafka_would_refuse_is_refused(string name)
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);

        var error = await Assert.ThrowsAsync<LogException>(() => log.AppendAsync(name, Text("a")));

        Assert.Equal($"topic name '{name}' is not allowed: use 1 to 249 letters, digits, '.', '_' or '-', but not '.' or '..'", error.Message);
    }

    [Fact]
    public void A_second_writer_is_told_who_holds_the_log()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);

        var error = Assert.Throws<LogException>(() => EventLog.Open(folder.Path));

        Assert.Equal(LogErrorKind.InUse, error.Kind);
        Assert.Equal($"{folder.Path} is being written by process {Environment.ProcessId}; stop that process or use another --data folder", error.Message);
    }

    [Fact]
    public void A_newer_file_is_refused()
    {
        using var folder = new TempFolder();
        EventLog.Open(folder.Path).Dispose();
        using (var connection = LogFile.OpenForWriting(folder.Path))
            _ = connection.Execute("PRAGMA user_version = 9");

        Assert.Equal(LogErrorKind.TooNew, Assert.Throws<LogException>(() => EventLog.Open(folder.Path)).Kind);
        Assert.Equal(LogErrorKind.TooNew, Assert.Throws<LogException>(() => LogReader.Open(folder.Path)).Kind);
    }

    [Fact]
    public void A_file_that_is_no_log_is_named()
    {
        using var folder = new TempFolder();
        var path = folder.Write("log.db", new string('x', 5000));

        var error = Assert.Throws<LogException>(() => EventLog.Open(folder.Path));

        Assert.Equal(LogErrorKind.Damaged, error.Kind);
        Assert.Equal($"{path} is damaged or no log (file is not a database); move the folder away or restore it from a copy", error.Message);
    }

    [Fact]
    public async Task A_full_disk_fails_the_append_and_a_later_one_succeeds()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);
        _ = await log.AppendAsync("socks", Text("a"));
        log.LimitPages(Convert.ToInt32(new FileInfo(folder.File("log.db")).Length / 4096) + 8);

        var error = await Assert.ThrowsAsync<LogException>(() => log.AppendAsync("socks", Text(new string('x', 1 << 20))));
        log.LimitPages(1 << 20);
        var offset = await log.AppendAsync("socks", Text("b"));

        Assert.Equal(LogErrorKind.DiskFull, error.Kind);
        Assert.Equal($"{folder.File("log.db")}: the disk is full; nothing of this request was stored", error.Message);
        Assert.Equal(1, offset);
    }

    [Fact]
    public async Task A_closed_log_says_so()
    {
        using var folder = new TempFolder();
        var log = EventLog.Open(folder.Path);
        log.Dispose();

        var error = await Assert.ThrowsAsync<LogException>(() => log.AppendAsync("socks", Text("a")));

        Assert.Equal($"the log in {folder.Path} is closed", error.Message);
    }

    [Fact]
    public async Task Offsets_output_and_state_become_durable_together()
    {
        using var folder = new TempFolder();
        using (var log = EventLog.Open(folder.Path))
        {
            var transaction = log.BeginTransaction();
            transaction.Append("pairs", Text("Google"));
            transaction.CommitOffset("query-1", "socks", 0, nextOffset: 5);
            transaction.PutState("query-1", "w0"u8, "7"u8);
            transaction.PutState("query-1", "w1"u8, "8"u8);
            _ = await transaction.CommitAsync();
            var later = log.BeginTransaction();
            later.RemoveState("query-1", "w0"u8);
            _ = await later.CommitAsync();
        }

        using var reader = LogReader.Open(folder.Path);

        Assert.Equal(["0 Google"], Read(reader, "pairs"));
        Assert.Equal(5, reader.CommittedOffset("query-1", "socks"));
        Assert.Null(reader.CommittedOffset("query-2", "socks"));
        Assert.Equal(["w1=8"], reader.States("query-1").Select(pair => $"{Encoding.UTF8.GetString(pair.Key)}={Encoding.UTF8.GetString(pair.Value)}"));
        Assert.Null(reader.FindState("query-1", "w0"u8));
    }

    [Fact]
    public async Task Nothing_of_a_failed_transaction_is_stored()
    {
        using var folder = new TempFolder();
        using var log = EventLog.Open(folder.Path);
        var transaction = log.BeginTransaction();
        transaction.CreateTopic("pairs", 1);
        transaction.Append("pairs", Text("Google"), partition: 1);
        transaction.CommitOffset("query-1", "socks", 0, nextOffset: 5);
        transaction.PutState("query-1", "w0"u8, "7"u8);

        _ = await Assert.ThrowsAsync<LogException>(() => transaction.CommitAsync());

        Assert.Empty(log.Reader.Topics());
        Assert.Null(log.Reader.CommittedOffset("query-1", "socks"));
        Assert.Empty(log.Reader.States("query-1"));
    }

    internal static NewRecord Text(string value) => new(null, Encoding.UTF8.GetBytes(value));

    internal static IEnumerable<string> Read(LogReader reader, string topic, int partition = 0, int maxRecords = 1000) =>
        reader.Read(topic, partition, 0, maxRecords).Select(record => $"{record.Offset} {Encoding.UTF8.GetString(record.Value!.Value.Span)}");
}
