using System.Text;
using Microsoft.Extensions.Time.Testing;
using SockSort.Log;

namespace SockSort.Testing;

/// <summary>What every log does, however it stores; each implementation's tests derive from it.</summary>
public abstract class LogSpecification : IAsyncLifetime
{
    protected static readonly DateTimeOffset Start = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private ILog? _log;

    protected FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>The test's log.</summary>
    protected ILog Log => _log ??= Open();

    [Fact]
    public async Task Appended_records_are_read_back_in_their_order()
    {
        var offset = await Log.AppendAsync("socks", [Text("a"), Text("b")]);
        var next = await Log.AppendAsync("socks", Text("c"));

        Assert.Equal((0, 2), (offset, next));
        Assert.Equal(["0 a", "1 b", "2 c"], Read("socks"));
    }

    [Fact]
    public async Task Concurrent_appends_get_offsets_without_gaps_in_the_order_of_the_calls()
    {
        var offsets = await Task.WhenAll(Enumerable.Range(0, 5000).Select(i => Log.AppendAsync("socks", Text($"{i}"))));

        Assert.Equal(Enumerable.Range(0, 5000).Select(i => (long)i), offsets);
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => $"{i} {i}"), Read("socks", maxRecords: 10_000));
    }

    [Fact]
    public async Task A_read_may_go_back_to_what_the_last_one_gave()
    {
        const int All = 60_000;
        const int AtOnce = 5000;
        _ = await Log.AppendAsync("socks", [.. Enumerable.Range(0, All).Select(number => Text($"{number}"))]);

        for (var next = 0L; next < All; next += AtOnce * 3 / 5)
        {
            var read = Log.Read("socks", 0, next, AtOnce);
            Assert.Equal((next, Math.Min(All, next + AtOnce) - 1), (read[0].Offset, read[^1].Offset));
            Assert.Equal(read[0].Offset + read.Count - 1, read[^1].Offset);
        }
    }

    [Fact]
    public async Task A_deleted_topic_is_gone_with_its_records_and_the_places_of_its_readers()
    {
        _ = await Log.AppendAsync("socks", [Text("a"), Text("b")]);
        _ = await Log.AppendAsync("pairs", Text("c"));
        _ = Log.Commit(new LogCommit { Offsets = [new("reader", "socks", 0, 2), new("reader", "pairs", 0, 1)] });

        Assert.True(Log.DeleteTopic("socks"));
        Assert.True(Log.DeleteTopic("never"));

        Assert.Null(Log.FindTopic("socks"));
        Assert.Empty(Read("socks"));
        Assert.Equal((null, 1), (Log.CommittedOffset("reader", "socks"), Log.CommittedOffset("reader", "pairs")));
        Assert.Equal(0, await Log.AppendAsync("socks", Text("d")));
        Assert.Equal(["0 d"], Read("socks"));
        Assert.Equal(["0 c"], Read("pairs"));
    }

    [Fact]
    public async Task Partitions_count_their_offsets_apart()
    {
        await Log.CreateTopicAsync("socks", partitions: 3);

        var left = await Log.AppendAsync("socks", [Text("a"), Text("b")], partition: 0);
        var right = await Log.AppendAsync("socks", Text("c"), partition: 2);

        Assert.Equal((0, 0), (left, right));
        Assert.Equal(["0 c"], Read("socks", partition: 2));
        Assert.Equal(
            ["0: 0-2", "1: 0-0", "2: 0-1"],
            Log.PartitionsOf("socks").Select(part => $"{part.Partition}: {part.FirstOffset}-{part.EndOffset}"));
        Assert.Equal((3, 2, 0), (Log.FindTopic("socks")!.Partitions, Log.EndOffset("socks", 0), Log.EndOffset("socks", 1)));
    }

    [Fact]
    public async Task Topics_are_made_by_name_or_with_their_first_record_and_listed_by_name()
    {
        await Log.CreateTopicAsync("socks", partitions: 2);
        await Log.CreateTopicAsync("socks", partitions: 2);
        _ = await Log.AppendAsync("pairs", Text("a"));
        Log.EnsureTopic("socks", partitions: 7);

        Assert.Equal(["pairs 1", "socks 2"], Log.Topics().Select(topic => $"{topic.Name} {topic.Partitions}"));
        Assert.Equal(
            "topic 'socks' exists with 2 partitions, not 3; its partitions can't be changed",
            (await Assert.ThrowsAsync<LogException>(() => Log.CreateTopicAsync("socks", partitions: 3))).Message);
    }

    [Fact]
    public async Task Those_who_append_know_how_many_partitions_a_topic_has_now()
    {
        await Log.CreateTopicAsync("socks", partitions: 3);
        _ = await Log.AppendAsync("pairs", Text("a"));
        var (first, none) = (Log.PartitionCountOf("socks"), Log.PartitionCountOf("never"));

        _ = Log.DeleteTopic("socks");
        var deleted = Log.PartitionCountOf("socks");
        await Log.CreateTopicAsync("socks", partitions: 5);

        Assert.Equal((3, 1, null, null, 5), (first, Log.PartitionCountOf("pairs"), none, deleted, Log.PartitionCountOf("socks")));
    }

    [Fact]
    public void What_is_not_there_is_empty_and_named_where_it_must_be_there()
    {
        Assert.Empty(Log.Topics());
        Assert.Null(Log.FindTopic("socks"));
        Assert.Equal((0, 0), (Log.EndOffset("socks"), Log.FirstOffset("socks")));
        Assert.Empty(Log.Read("socks", 0, 0));
        Assert.Null(Log.CommittedOffset("query-1", "socks"));
        Assert.Empty(Log.States("query-1"));
        var error = Assert.Throws<LogException>(() => Log.PartitionsOf("socks"));
        Assert.Equal((LogErrorKind.NotFound, "topic 'socks' does not exist; topics here: none yet"), (error.Kind, error.Message));
    }

    [Fact]
    public async Task Time_key_and_headers_come_back_and_a_record_without_time_gets_that_of_its_append()
    {
        var header = new RecordHeader("mqtt.qos", "1"u8.ToArray());
        _ = await Log.AppendAsync(
            "socks", [new NewRecord("left"u8.ToArray(), null, Headers: [header, new("none", null)]), Text("b", Start.AddHours(-1))]);

        var (first, second) = (Log.Read("socks", 0, 0)[0], Log.Read("socks", 0, 1)[0]);

        Assert.Equal((Start.ToUnixTimeMilliseconds(), 0, 0), (first.TimestampMs, first.Partition, first.Offset));
        Assert.Equal("left", Encoding.UTF8.GetString(first.Key!.Value.Span));
        Assert.Null(first.Value);
        Assert.Equal(
            ["mqtt.qos=1", "none="],
            first.Headers.Select(found => $"{found.Name}={Encoding.UTF8.GetString((found.Value ?? default).Span)}"));
        Assert.Null(first.Headers[1].Value);
        Assert.Equal((Start.AddHours(-1).ToUnixTimeMilliseconds(), 0), (second.TimestampMs, second.Headers.Count));
    }

    [Fact]
    public async Task A_value_of_no_bytes_is_no_missing_value()
    {
        _ = await Log.AppendAsync("socks", [NewRecord.Of(0, [], []), NewRecord.Of(0, null, null)]);

        Assert.Equal([(0, 0), (null, null)], Log.Read("socks", 0, 0).Select(record => (record.Key?.Length, record.Value?.Length)));
    }

    [Fact]
    public async Task Reading_may_begin_anywhere_and_ends_at_what_was_asked_for()
    {
        _ = await Log.AppendAsync("socks", [.. Enumerable.Range(0, 10).Select(i => Text($"{i}"))]);
        _ = await Log.AppendAsync("socks", [.. Enumerable.Range(10, 10).Select(i => Text($"{i}"))]);

        Assert.Equal([8, 9, 10, 11], Log.Read("socks", 0, fromOffset: 8, maxRecords: 4).Select(record => record.Offset));
        Assert.Empty(Log.Read("socks", 0, fromOffset: 20));
        Assert.Equal(
            "topic 'socks': offset -1 is below zero", Assert.Throws<LogException>(() => Log.Read("socks", 0, fromOffset: -1)).Message);
    }

    [Fact]
    public async Task A_batch_is_read_into_again_and_again_and_tells_whether_there_is_more()
    {
        _ = await Log.AppendAsync("socks", [.. Enumerable.Range(0, 10).Select(i => Text($"{i}"))]);
        var (batch, seen, wasFull) = (new RecordBatch(), new List<string>(), new List<bool>());

        for (var next = 0L; next < 10; next = batch.Records[^1].Offset + 1)
        {
            Log.ReadInto("socks", 0, next, 4, batch);
            seen.AddRange(batch.Records.Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span)));
            wasFull.Add(batch.IsFull);
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), seen);
        Assert.Equal([true, true, false], wasFull);
    }

    [Fact]
    public async Task A_wrong_request_fails_alone()
    {
        var before = Log.AppendAsync("socks", Text("a"));
        var wrong = Log.AppendAsync("socks", Text("b"), partition: 7);
        var after = Log.AppendAsync("socks", Text("c"));

        Assert.Equal(
            "topic 'socks' has no partition 7: it has 1, counted from 0", (await Assert.ThrowsAsync<LogException>(() => wrong)).Message);
        Assert.Equal((0, 1), (await before, await after));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("with blank")]
    [InlineData("a/b")]
    public async Task A_topic_name_that_Kafka_would_refuse_is_refused(string name)
    {
        var error = await Assert.ThrowsAsync<LogException>(() => Log.AppendAsync(name, Text("a")));

        Assert.Equal(
            $"topic name '{name}' is not allowed: use 1 to 249 letters, digits, '.', '_' or '-', but not '.' or '..'", error.Message);
        Assert.True(error.IsRequest);
    }

    [Fact]
    public async Task A_record_that_is_too_large_is_refused_with_its_size_and_one_just_below_is_stored()
    {
        var most = checked((int)Log.MostRecordBytes);

        var error = await Assert.ThrowsAsync<LogException>(
            () => Log.AppendAsync("pictures", [Text("a"), NewRecord.Of(0, null, new byte[most + 1])]));
        var offset = await Log.AppendAsync("pictures", NewRecord.Of(0, null, new byte[most]));

        Assert.Equal($"topic 'pictures': a record of {most + 1} bytes is too large, the limit is {most}{LargerRecords}", error.Message);
        Assert.Equal(0, offset);
        Assert.Equal(most, Assert.Single(Log.Read("pictures", 0, 0)).LengthBytes);
    }

    [Fact]
    public async Task Offsets_output_and_state_are_committed_together()
    {
        Log.EnsureTopic("socks", partitions: 2);
        var first = await Log.CommitAsync(new LogCommit
        {
            Topics = [new NewTopic("pairs", 2)],
            Appends = [new("pairs", 1, [Text("Google")]), new("other", 0, [Text("x"), Text("y")]), new("pairs", 1, [Text("Kafka")])],
            Offsets = [new("query-1", "socks", 0, Next: 5)],
            States = [new("query-1", "w1"u8.ToArray(), "8"u8.ToArray()), new("query-1", "w0"u8.ToArray(), "7"u8.ToArray())],
        });
        _ = Log.Commit(
            new LogCommit { States = [new("query-1", "w0"u8.ToArray(), null), new("query-1", "v"u8.ToArray(), "9"u8.ToArray())] });

        Assert.Equal([0, 0, 1], first);
        Assert.Equal(["0 Google", "1 Kafka"], Read("pairs", partition: 1));
        Assert.Equal(
            (5, null, null),
            (Log.CommittedOffset("query-1", "socks"), Log.CommittedOffset("query-1", "socks", 1), Log.CommittedOffset("query-2", "socks")));
        Assert.Equal(
            ["v=9", "w1=8"],
            Log.States("query-1").Select(pair => $"{Encoding.UTF8.GetString(pair.Key)}={Encoding.UTF8.GetString(pair.Value)}"));
        Assert.Equal("9"u8.ToArray(), Log.FindState("query-1", "v"u8));
        Assert.Null(Log.FindState("query-1", "w0"u8));
    }

    [Fact]
    public async Task Nothing_of_a_failed_commit_is_stored()
    {
        var wrong = new LogCommit
        {
            Topics = [new NewTopic("pairs")],
            Appends = [new("socks", 0, [Text("a")]), new("pairs", 1, [Text("Google")])],
            Offsets = [new("query-1", "socks", 0, Next: 5)],
            States = [new("query-1", "w0"u8.ToArray(), "7"u8.ToArray())],
        };

        _ = await Assert.ThrowsAsync<LogException>(() => Log.CommitAsync(wrong));
        _ = await Assert.ThrowsAsync<LogException>(
            () => Log.CommitAsync(wrong with { Appends = [], Offsets = [new("query-1", "socks", 0, Next: -1)] }));

        Assert.Empty(Log.Topics());
        Assert.Null(Log.CommittedOffset("query-1", "socks"));
        Assert.Empty(Log.States("query-1"));
    }

    [Fact]
    public void A_forgotten_consumer_keeps_nothing_but_what_its_commit_brings()
    {
        Log.EnsureTopic("socks");
        Log.EnsureTopic("pairs");
        _ = Log.Commit(
            new LogCommit
            {
                Offsets = [new("q", "socks", 0, 5), new("other", "socks", 0, 6)],
                States = [new("q", [1], [1]), new("other", [1], [1])],
            });

        _ = Log.Commit(new LogCommit { RemovedConsumers = ["q"], Offsets = [new("q", "pairs", 0, 7)], States = [new("q", [2], [2])] });
        Log.RemoveConsumer("nobody");

        Assert.Equal(
            (null, 7, 6), (Log.CommittedOffset("q", "socks"), Log.CommittedOffset("q", "pairs"), Log.CommittedOffset("other", "socks")));
        Assert.Equal([2], Assert.Single(Log.States("q")).Key);
        Assert.Single(Log.States("other"));
    }

    [Fact]
    public async Task Following_gives_old_and_new_records_of_a_topic_that_did_not_exist()
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var reader = Log.OpenReader();

        var following = reader.FollowAsync("socks", 0, 0, enough.Token).Take(3).ToListAsync(enough.Token).AsTask();
        for (var i = 0; i < 3; i++)
            _ = await Log.AppendAsync("socks", Text($"{i}"));
        var records = await following;

        Assert.Equal([0, 1, 2], records.Select(record => record.Offset));
    }

    [Fact]
    public async Task Who_waits_is_told_of_appends_and_one_that_throws_keeps_it_from_no_other()
    {
        var told = new TaskCompletionSource();
        Log.Appended += _ => throw new ObjectDisposedException("who has just left");
        Log.Appended += topic => _ = topic is "" or "socks" && told.TrySetResult();
        var waiting = Log.WaitForAsync("socks", 0, offset: 0);
        Assert.False(waiting.IsCompleted);

        _ = await Log.AppendAsync("socks", Text("a"));

        await told.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await waiting.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public virtual async Task What_is_older_than_its_time_goes_and_offsets_go_on()
    {
        await Log.CreateTopicAsync("socks", retention: new(TimeSpan.FromHours(1)));
        _ = await Log.AppendAsync("socks", [Text("a"), Text("b")]);
        Clock.Advance(TimeSpan.FromMinutes(50));
        _ = await Log.AppendAsync("socks", Text("c"));

        Clock.Advance(TimeSpan.FromMinutes(20));
        var next = await Log.AppendAsync("socks", Text("d"));
        await Eventually.TrueAsync(() => Log.FirstOffset("socks") == 2, "the first two are gone");

        Assert.Equal(3, next);
        Assert.Equal(["2 c", "3 d"], Read("socks"));
        Assert.Equal((2, 2), (Log.PartitionsOf("socks")[0].FirstOffset, Log.PartitionsOf("socks")[0].Records));
        Assert.Equal(new TopicRetention(TimeSpan.FromHours(1)), Log.FindTopic("socks")!.Retention);
    }

    [Fact]
    public virtual async Task Beyond_its_bytes_the_oldest_go_from_each_partition_and_from_no_other_topic()
    {
        await Log.CreateTopicAsync("socks", partitions: 2, new(Bytes: 50_000));
        for (var i = 0; i < 20; i++)
        {
            _ = await Log.AppendAsync("socks", Text(new string('x', 10_000)), partition: 0);
            _ = await Log.AppendAsync("other", Text(new string('x', 10_000)));
        }
        _ = await Log.AppendAsync("socks", Text("small"), partition: 1);

        await Eventually.TrueAsync(() => Log.PartitionsOf("socks")[0].LengthBytes <= 50_000, "only so many bytes are left");

        Assert.InRange(Log.FirstOffset("socks", 0), 15, 16);
        Assert.Equal(0, Log.FirstOffset("socks", 1));
        Assert.Equal(20, Log.PartitionsOf("other")[0].Records);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(null, 0L)]
    [InlineData(5, -1L)]
    public async Task A_retention_of_nothing_is_refused(int? seconds, long? bytes)
    {
        var retention = new TopicRetention(seconds is { } some ? TimeSpan.FromSeconds(some) : null, bytes);

        var error = await Assert.ThrowsAsync<LogException>(() => Log.CreateTopicAsync("socks", retention: retention));

        Assert.Equal("topic 'socks': a retention must be above 0, in time as in bytes; leave it out to keep everything", error.Message);
    }

    public ValueTask InitializeAsync() => default;

    public virtual async ValueTask DisposeAsync()
    {
        if (_log is not null)
            await _log.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the log says to do for larger records.</summary>
    protected virtual string LargerRecords => "";

    /// <summary>A log without topics, with the test's clock.</summary>
    protected abstract ILog Open();

    protected static NewRecord Text(string value, DateTimeOffset? at = null) =>
        new(null, Encoding.UTF8.GetBytes(value), at?.ToUnixTimeMilliseconds());

    private IEnumerable<string> Read(string topic, int partition = 0, int maxRecords = 1000) =>
        Log.Read(topic, partition, 0, maxRecords).Select(record => $"{record.Offset} {Encoding.UTF8.GetString(record.Value!.Value.Span)}");
}
