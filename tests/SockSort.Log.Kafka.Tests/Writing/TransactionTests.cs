using System.Text;
using SockSort.Log.Kafka.Addresses;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Writing;

/// <summary>Commits with offsets or state: all or nothing, by one process at a time.</summary>
public sealed class TransactionTests(SharedKafka kafka)
{
    [Fact]
    public async Task State_and_offsets_are_there_for_another_process_on_another_machine()
    {
        await using (var log = await kafka.OpenEmptyAsync())
        {
            log.EnsureTopic("socks");
            _ = log.Commit(Commit(next: 5, state: "five"));
            _ = log.Commit(Commit(next: 6, state: "six"));
        }

        using var reader = KafkaLogReader.Open(KafkaAddress.Parse((await kafka.ServerAsync()).Address));

        // What is on its way to be committed is not waited for on behalf of others.
        await Eventually.TrueAsync(() => reader.CommittedOffset("query-1", "socks") == 6, "the offset is told");
        Assert.Equal("six", Encoding.UTF8.GetString(reader.FindState("query-1", "w"u8)!));
        Assert.Equal(["pairs", "socks"], reader.Topics().Select(topic => topic.Name));
    }

    [Fact]
    public async Task The_marker_of_a_transaction_is_no_record_and_reads_go_on_behind_it()
    {
        await using var log = await kafka.OpenEmptyAsync();
        log.EnsureTopic("socks");
        _ = log.Commit(Commit(next: 5, state: "five"));
        _ = log.Commit(Commit(next: 6, state: "six"));

        var first = log.Read("pairs", 0, 0);
        var second = log.Read("pairs", 0, first[0].Offset + 1);
        var rest = log.Read("pairs", 0, log.EndOffset("pairs"));

        Assert.Equal([0, 2], first.Select(record => record.Offset));
        Assert.Equal([2], second.Select(record => record.Offset));
        Assert.Empty(rest);
        Assert.Equal(4, log.EndOffset("pairs"));
    }

    [Fact]
    public async Task By_at_least_once_records_state_and_offsets_are_stored_without_a_transaction()
    {
        await using (var empty = await kafka.OpenEmptyAsync())
            empty.EnsureTopic("socks");
        var server = await kafka.ServerAsync();
        await using var log = KafkaLog.Open(KafkaAddress.Parse($"{server.Address}?processing.guarantee=at_least_once"));

        var offsets = Enumerable.Range(1, 3).Select(next => log.Commit(Commit(next, $"{next}"))[0]).ToList();

        // The end of a transaction would take an offset.
        Assert.Equal([0, 1, 2], offsets);
        Assert.Equal(3, log.Read("pairs", 0, 0).Count);
        Assert.Equal(3, log.CommittedOffset("query-1", "socks"));
        Assert.Equal("3", Encoding.UTF8.GetString(log.FindState("query-1", "w"u8)!));
    }

    [Fact]
    public async Task Who_begins_last_runs_the_queries_and_the_other_one_is_told()
    {
        await using var first = await kafka.OpenEmptyAsync();
        await using var second = KafkaLog.Open(KafkaAddress.Parse((await kafka.ServerAsync()).Address));
        first.EnsureTopic("socks");
        _ = first.Commit(Commit(next: 1, state: "first"));

        _ = second.Commit(Commit(next: 2, state: "second"));
        var error = Assert.Throws<LogException>(() => first.Commit(Commit(next: 3, state: "first again")));
        var again = Assert.Throws<LogException>(() => first.Commit(Commit(next: 3, state: "first again")));

        Assert.Equal((LogErrorKind.InUse, error.Message), (error.Kind, again.Message));
        Assert.EndsWith(
            ": another process has taken over the queries of this log; one process at a time runs them, so end one of the two",
            error.Message);
        Assert.Equal(2, first.CommittedOffset("query-1", "socks"));
        Assert.Equal("second", Encoding.UTF8.GetString(first.FindState("query-1", "w"u8)!));
        Assert.Equal(2, first.Read("pairs", 0, 0).Count);
    }

    private static LogCommit Commit(long next, string state) => new()
    {
        Appends = [new("pairs", 0, [new NewRecord(null, Encoding.UTF8.GetBytes(state))])],
        Offsets = [new("query-1", "socks", 0, next)],
        States = [new("query-1", "w"u8.ToArray(), Encoding.UTF8.GetBytes(state))],
    };
}
