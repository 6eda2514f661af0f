using SockSort.Log.Kafka.Addresses;
using SockSort.Log.Sharing;
using SockSort.Testing;

namespace SockSort.Log.Kafka.Tests.Sharing;

/// <summary>Processes that share partitions by a consumer group.</summary>
public sealed class KafkaShareTests(SharedKafka kafka)
{
    // Of one test each: the group and the topic stay.
    private readonly string _name = $"share-{Guid.NewGuid():N}";

    [Fact]
    public async Task Two_members_divide_the_partitions_and_the_one_that_stays_gets_those_of_the_one_that_leaves()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        first.Share!.Require(4);
        first.Share.Join();
        var ofFirst = new SortedSet<int>();
        await Eventually.TrueAsync(() => Follow(first, ofFirst).Count == 4, "the first one has all");

        second.Share!.Join();
        var ofSecond = new SortedSet<int>();
        await Eventually.TrueAsync(() => (Follow(first, ofFirst).Count, Follow(second, ofSecond).Count) == (2, 2), "each has two");
        Assert.Equal([0, 1, 2, 3], ofFirst.Concat(ofSecond).Order());

        second.Share.Leave();
        await Eventually.TrueAsync(() => Follow(first, ofFirst).Count == 4, "the first one has all again");
    }

    [Fact]
    public async Task Partitions_that_are_added_are_divided_too_and_their_state_is_stored_and_read()
    {
        await using var log = await OpenAsync();
        log.Share!.Join();
        var own = new SortedSet<int>();
        await Eventually.TrueAsync(() => Follow(log, own).Count == 1, "there is one");
        _ = log.Commit(CommitOf(partition: 0));

        log.Share.Require(3);
        await Eventually.TrueAsync(() => Follow(log, own).Count == 3, "there are three");
        _ = log.Commit(CommitOf(partition: 2));

        await Eventually.TrueAsync(() => log.Share.IsSettled(2), "nothing is open");
        Assert.Equal([2], log.States(SharedOwner.Of("query", 2)).Select(entry => entry.Value[0]));
        Assert.Empty(log.States(SharedOwner.Of("query", 1)));
    }

    [Fact]
    public async Task Who_is_no_member_any_more_stores_nothing()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        first.Share!.Join();
        var own = new SortedSet<int>();
        await Eventually.TrueAsync(() => Follow(first, own).Count == 1, "the first one has it");
        _ = first.Commit(CommitOf(partition: 0));
        first.Share.Leave();
        second.Share!.Join();
        own.Clear();
        await Eventually.TrueAsync(() => Follow(second, own).Count == 1, "the second one has it");

        var error = Assert.Throws<LogException>(() => first.Commit(CommitOf(partition: 0, value: 7)));

        Assert.Equal(LogErrorKind.NotOwned, error.Kind);
        await Eventually.TrueAsync(() => second.Share.IsSettled(0), "nothing is open");
        Assert.Equal([0], second.States(SharedOwner.Of("query", 0)).Select(entry => entry.Value[0]));
    }

    [Fact]
    public async Task A_name_that_can_not_be_a_topics_and_at_least_once_are_refused()
    {
        var address = (await kafka.ServerAsync()).Address;

        var name = Assert.Throws<LogException>(() => KafkaLog.Open(KafkaAddress.Parse(address), share: "a pair"));
        Assert.Equal(
            "'a pair' can't be the name of servers that share their work; write 1 to 100 letters, digits, '-', '_' or '.'", name.Message);
        var guarantee = Assert.Throws<LogException>(() =>
            KafkaLog.Open(KafkaAddress.Parse($"{address}?processing.guarantee=at_least_once"), share: _name));
        Assert.EndsWith("store it exactly once; leave out processing.guarantee=at_least_once", guarantee.Message);
    }

    /// <summary>Carries out the changes that have come.</summary>
    private static SortedSet<int> Follow(KafkaLog log, SortedSet<int> own)
    {
        while (log.Share!.TryTake() is { } change)
        {
            if (change.Kind == ShareChangeKind.Given)
                own.UnionWith(change.Partitions);
            else
                own.ExceptWith(change.Partitions);
            change.Done();
        }
        return own;
    }

    private static LogCommit CommitOf(int partition, byte? value = null) => new()
    {
        States = [new(SharedOwner.Of("query", partition), "w"u8.ToArray(), [value ?? (byte)partition])],
        SharedPartitions = [partition],
    };

    private async Task<KafkaLog> OpenAsync() => KafkaLog.Open(KafkaAddress.Parse((await kafka.ServerAsync()).Address), share: _name);
}
