using System.Text;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Writing;

/// <summary>What the brokers do to a log that is open.</summary>
public sealed class BrokerTroubleTests(SharedKafka kafka)
{
    [Fact]
    public async Task A_broker_that_is_killed_and_comes_back_loses_nothing_and_takes_nothing_twice()
    {
        var server = await kafka.ServerAsync();
        await using var log = await kafka.OpenEmptyAsync();
        _ = await log.AppendAsync("socks", Text("before"));

        await server.KillAsync();
        var during = Enumerable.Range(0, 100).Select(number => log.AppendAsync("socks", Text($"{number}"))).ToList();
        await server.StartAgainAsync();
        var offsets = await Task.WhenAll(during);
        _ = log.Commit(new LogCommit { Appends = [new("socks", 0, [Text("after")])], Offsets = [new("query-1", "socks", 0, 1)] });

        Assert.Equal(Enumerable.Range(1, 100).Select(number => (long)number), offsets);
        Assert.Equal(
            ["before", .. Enumerable.Range(0, 100).Select(number => $"{number}"), "after"],
            log.Read("socks", 0, 0).Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span)));
        Assert.Null(log.Problem);
    }

    [Fact]
    public async Task Offsets_are_told_again_when_a_broker_that_was_killed_is_back()
    {
        var server = await kafka.ServerAsync();
        await using var log = await kafka.OpenEmptyAsync();
        log.EnsureTopic("socks");
        _ = log.Commit(new LogCommit { Offsets = [new("query-1", "socks", 0, 7)] });
        using var reader = log.OpenReader();
        Assert.Equal(7, reader.CommittedOffset("query-1", "socks"));

        await server.KillAsync();
        _ = Assert.Throws<LogException>(() => reader.CommittedOffset("query-1", "socks"));
        await server.StartAgainAsync();

        await Eventually.TrueAsync(() => IsTold(reader, 7), "it is told");
    }

    [Fact]
    public async Task Records_of_another_process_are_told_of()
    {
        await using var log = await kafka.OpenEmptyAsync();
        await using var other = KafkaLog.Open(KafkaAddress.Parse((await kafka.ServerAsync()).Address));
        log.EnsureTopic("socks");
        var told = new TaskCompletionSource();
        log.Appended += topic => _ = topic == "socks" && told.TrySetResult();
        var (read, waited) = (log.Read("socks", 0, 0), log.WaitForAsync("other", 0, offset: 0));

        _ = await other.AppendAsync("socks", Text("a"));
        _ = await other.AppendAsync("other", Text("b"));
        await told.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await waited.WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Empty(read);
        Assert.Single(log.Read("socks", 0, 0));
    }

    [Fact]
    public async Task A_topic_that_another_process_has_deleted_is_named_and_the_next_append_makes_it_again()
    {
        await using var log = await kafka.OpenEmptyAsync();
        await using var other = KafkaLog.Open(KafkaAddress.Parse((await kafka.ServerAsync()).Address));
        _ = await log.AppendAsync("socks", Text("a"));
        Assert.Single(log.Read("socks", 0, 0));

        Assert.True(other.DeleteTopic("socks"));
        await Eventually.TrueAsync(() => log.FindTopic("socks") is null, "it is gone");
        var offset = await log.AppendAsync("socks", Text("b"));

        Assert.Equal(0, offset);
        await Eventually.TrueAsync(() => log.Read("socks", 0, 0).Count == 1, "what was appended is read");
        Assert.Equal("b", Encoding.UTF8.GetString(log.Read("socks", 0, 0)[0].Value!.Value.Span));
    }

    [Fact]
    public async Task A_record_for_a_partition_that_another_process_has_taken_away_is_refused_not_told_as_stored()
    {
        await using var log = await kafka.OpenEmptyAsync();
        await using var other = KafkaLog.Open(KafkaAddress.Parse((await kafka.ServerAsync()).Address));
        await log.CreateTopicAsync("socks", partitions: 2);
        _ = await log.AppendAsync("socks", [Text("a")], partition: 1);

        Assert.True(other.DeleteTopic("socks"));
        await other.CreateTopicAsync("socks", partitions: 1);

        _ = await Assert.ThrowsAnyAsync<LogException>(() => log.AppendAsync("socks", [Text("b")], partition: 1));
        Assert.Empty(other.Read("socks", 0, 0));
    }

    [Fact]
    public async Task Two_that_read_one_partition_at_different_places_both_go_on()
    {
        await using var log = await kafka.OpenEmptyAsync();
        _ = await log.AppendAsync("socks", [.. Enumerable.Range(0, 2000).Select(number => Text($"{number}"))]);

        var counts = await Task.WhenAll(Task.Run(() => CountFrom(0)), Task.Run(() => CountFrom(1000))).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal([2000, 1000], counts);

        int CountFrom(long next)
        {
            var count = 0;
            for (IReadOnlyList<LogRecord> read; (read = log.Read("socks", 0, next, 10)).Count > 0; count += read.Count)
                next = read[^1].Offset + 1;
            return count;
        }
    }

    [Fact]
    public async Task Reading_on_in_a_topic_that_was_deleted_is_refused_and_what_is_made_again_is_read_from_its_beginning()
    {
        await using var log = await kafka.OpenEmptyAsync();
        await using var other = KafkaLog.Open(KafkaAddress.Parse((await kafka.ServerAsync()).Address));
        _ = await log.AppendAsync("socks", [Text("a"), Text("b")]);
        Assert.Equal(2, log.Read("socks", 0, 0).Count);

        Assert.True(other.DeleteTopic("socks"));
        var error = await RefusedAsync(() => log.Read("socks", 0, 2));
        _ = await other.AppendAsync("socks", Text("c"));
        await Eventually.TrueAsync(() => log.FindTopic("socks") is not null, "it is made again");
        IReadOnlyList<LogRecord> read = [];
        await Eventually.TrueAsync(() => (read = log.Read("socks", 0, 2)).Count > 0, "what was made again is read");

        Assert.Equal(
            $"{(await kafka.ServerAsync()).Address}: topic 'socks' has been deleted meanwhile; make it again, with as many partitions as "
            + "it had, or append once more to have it made with one",
            error);
        Assert.Equal(["c"], read.Select(record => Encoding.UTF8.GetString(record.Value!.Value.Span)));
    }

    [Fact]
    public async Task A_broker_that_comes_back_with_an_empty_disk_is_another_cluster_on_which_reading_does_not_go_on()
    {
        await using var server = await KafkaServer.StartAsync();
        await using var log = KafkaLog.Open(KafkaAddress.Parse(server.Address));
        _ = await log.AppendAsync("socks", [Text("a"), Text("b")]);
        Assert.Equal(2, log.Read("socks", 0, 0).Count);

        await server.KillAsync();
        await server.StartEmptyAsync();
        var error = await RefusedAsync(() => log.Read("socks", 0, 2));

        Assert.Equal(
            $"{server.Address} is another cluster than at the start, which a broker is that begins with an empty disk: topics, offsets and "
            + "state are gone; bring back its disk, or end SockSort and start it again to begin anew",
            error);
    }

    [Fact]
    public async Task A_record_of_10_MB_is_refused_with_what_to_do()
    {
        await using var log = await kafka.OpenEmptyAsync();

        var error = await Assert.ThrowsAsync<LogException>(() => log.AppendAsync("pictures", NewRecord.Of(1, null, new byte[10 << 20])));

        Assert.Equal(
            $"topic 'pictures': a record of {10 << 20} bytes is too large, the limit is {log.MostRecordBytes}; raise message.max.bytes of "
            + "the brokers, or max.message.bytes of the topic and add message.max.bytes=N to the address",
            error.Message);
        Assert.Null(log.FindTopic("pictures"));
    }

    [Fact]
    public async Task A_record_that_its_topic_alone_refuses_is_told_so()
    {
        var server = await kafka.ServerAsync();
        await using var log = await kafka.OpenEmptyAsync();
        log.EnsureTopic("pictures");
        await using var large = KafkaLog.Open(KafkaAddress.Parse($"{server.Address}?message.max.bytes=20000000"));

        var error = await Assert.ThrowsAsync<LogException>(() => large.AppendAsync("pictures", NewRecord.Of(1, null, new byte[10 << 20])));
        var next = await large.AppendAsync("pictures", Text("small"));

        Assert.Equal(
            $"topic 'pictures': Kafka refuses a record of {10 << 20} bytes; raise max.message.bytes of the topic", error.Message);
        Assert.Equal(0, next);
    }

    [Fact]
    public async Task A_topic_with_fewer_partitions_than_asked_is_named()
    {
        await using var log = await kafka.OpenEmptyAsync();
        await log.CreateTopicAsync("socks", partitions: 2);

        var error = await Assert.ThrowsAsync<LogException>(() => log.CreateTopicAsync("socks", partitions: 4));

        Assert.Equal("topic 'socks' exists with 2 partitions, not 4; its partitions can't be changed", error.Message);
    }

    private static bool IsTold(ILogReader reader, long offset)
    {
        try
        {
            return reader.CommittedOffset("query-1", "socks") == offset;
        }
        catch (LogException error) when (error.Kind == LogErrorKind.Unreachable)
        {
            return false;
        }
    }

    /// <summary>What is said once it is not empty any more; while nobody knows yet, there is nothing to read.</summary>
    private static async Task<string> RefusedAsync(Func<IReadOnlyList<LogRecord>> read)
    {
        var told = "";
        await Eventually.TrueAsync(
            () =>
            {
                try
                {
                    Assert.Empty(read());
                }
                catch (LogException error) when (error.Kind != LogErrorKind.Unreachable)
                {
                    told = error.Message;
                }
                return told.Length > 0;
            },
            "it is refused");
        return told;
    }

    private static NewRecord Text(string value) => new(null, Encoding.UTF8.GetBytes(value));
}
