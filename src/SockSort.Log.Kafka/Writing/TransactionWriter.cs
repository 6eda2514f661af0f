using System.Diagnostics;
using Confluent.Kafka;
using SockSort.Log.Kafka.Clients;
using SockSort.Log.Kafka.Sharing;

namespace SockSort.Log.Kafka.Writing;

/// <summary>Stores commits with offsets or state, each in a transaction of Kafka's.</summary>
/// <remarks>
/// All processes use one transactional id, so that the one that began last fences off the others: two that ran the same queries would
/// write everything twice. A start also ends the transaction that a killed process has left open. Processes that share partitions have an
/// id each; there a commit proves that its partitions are this process's own.
/// </remarks>
/// <param name="share">This process's part in the partitions; null where one process does all.</param>
/// <param name="closing">Ends the wait for brokers that do not answer whether a transaction was committed.</param>
internal sealed class TransactionWriter(
    KafkaCluster cluster, KafkaLogReader reader, KafkaShare? share, long mostMessageBytes, CancellationToken closing) : IDisposable
{
    /// <summary>The transactional id of all logs of a cluster that is not shared.</summary>
    public const string Id = "socksort";

    private static readonly TimeSpan Patience = ClientSettings.Patience;

    private static readonly TimeSpan OffsetsPatience = TimeSpan.FromSeconds(5);

    // Between the moment at which the group's members have changed and the one at which this process hears of it.
    private static readonly TimeSpan GenerationPause = TimeSpan.FromMilliseconds(100);
    private const int GenerationTries = 20;

    private readonly string _id = share is null ? Id : $"{Id}-{share.Name}-{Guid.NewGuid():N}";

    // Held where the first transactions begin, by a commit or by a read of what consumers have kept.
    private readonly Lock _beginning = new();
    private RecordProducer? _producer;
    private bool _isFenced;
    private bool _hasBegun;

    /// <summary>
    /// Ends, once, the transaction that an earlier process has left: offsets and state that are read after it are those of one commit, and
    /// nothing can be added by that process.
    /// </summary>
    public void EndForeign()
    {
        lock (_beginning)
        {
            if (_hasBegun)
                return;
            _producer = Begin();
            _hasBegun = true;
        }
    }

    /// <returns>The offset of the first record of each append.</returns>
    /// <exception cref="LogException">Nothing was stored.</exception>
    public long[] Store(LogCommit commit, long nowMs)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return StoreOnce(commit, nowMs);
            }
            catch (LogException error) when (IsOfOldGeneration(error) && tries < GenerationTries)
            {
                // It is a member still, and nobody has its partitions before it has given them up.
                Thread.Sleep(GenerationPause);
            }
        }
    }

    private static bool IsOfOldGeneration(LogException error) =>
        error.InnerException is KafkaException { Error.Code: ErrorCode.IllegalGeneration };

    private long[] StoreOnce(LogCommit commit, long nowMs)
    {
        if (_isFenced)
            throw cluster.Errors.Fenced();
        EndForeign();
        var appends = reader.States.AppendsOf(commit);
        if (appends.Count == 0 && commit.Offsets.Count == 0)
            return [];
        var producer = _producer ??= Begin();
        var deliveries = new Deliveries(appends.Count, appends.Sum(append => append.Records.Count), _ => { });
        var begun = Stopwatch.StartNew();
        try
        {
            producer.Producer.BeginTransaction();
            producer.Send(appends, nowMs, deliveries);
            foreach (var group in commit.Offsets.GroupBy(offset => offset.Consumer))
                SendOffsets(producer, group.Key, cluster.Groups.MetadataOf(group.Key), group.Select(Place));
            if (share is not null && commit.SharedPartitions.Count > 0)
                SendOffsets(producer, share.Group, share.Member, share.Proof(commit.SharedPartitions));
        }
        catch (Exception error) when (error is KafkaException or LogException)
        {
            throw TakenBack(producer, deliveries, error, begun.Elapsed);
        }
        Commit(producer, new Outcome(commit, appends, deliveries), begun);
        Note(appends, deliveries);
        return deliveries.First[..commit.Appends.Count];
    }

    public void Dispose() => _producer?.Dispose();

    private static TopicPartitionOffset Place(ConsumedOffset offset) => new(offset.Topic, offset.Partition, offset.Next);

    /// <remarks>
    /// librdkafka 2.16 never returns from this call, whatever time it is given, where the broker of the group went down and came back while
    /// the producer knew it: the request is not sent again. Then the producer is left alone, and the next commit begins with a new one.
    /// </remarks>
    private void SendOffsets(
        RecordProducer producer, string group, IConsumerGroupMetadata metadata, IEnumerable<TopicPartitionOffset> offsets)
    {
        var call = Task.Run(() => producer.Producer.SendOffsetsToTransaction(offsets, metadata, OffsetsPatience), CancellationToken.None);
        if (Task.WhenAny(call, Task.Delay(OffsetsPatience * 2, CancellationToken.None)).GetAwaiter().GetResult() == call)
        {
            call.GetAwaiter().GetResult();
            return;
        }
        _producer = null;
        _ = call.ContinueWith(_ => producer.Dispose(), TaskScheduler.Default);
        throw cluster.Errors.NoAnswer($"committing offsets of '{group}'");
    }

    private RecordProducer Begin()
    {
        var producer = new RecordProducer(cluster, share is null
            ? cluster.Settings.Transactions(mostMessageBytes, _id)
            : cluster.Settings.SharedTransactions(mostMessageBytes, _id));
        try
        {
            producer.Producer.InitTransactions(Patience);
            return producer;
        }
        catch (KafkaException error)
        {
            producer.Dispose();
            throw cluster.Errors.Of("beginning transactions", error.Error, error);
        }
    }

    /// <summary>Commits, and finds out whether it was done where the answer is lost: what counts as failed would be repeated.</summary>
    private void Commit(RecordProducer producer, Outcome outcome, Stopwatch begun)
    {
        for (; ; )
        {
            try
            {
                producer.Producer.CommitTransaction(Patience);
                return;
            }
            catch (KafkaRetriableException) when (!closing.IsCancellationRequested)
            {
                // The library goes on with the commit that it has begun.
            }
            catch (KafkaTxnRequiresAbortException error)
            {
                throw TakenBack(producer, outcome.Deliveries, error, begun.Elapsed);
            }
            catch (KafkaException error)
            {
                var failure = TakenBack(producer, outcome.Deliveries, error, begun.Elapsed);
                if (_isFenced || closing.IsCancellationRequested || !IsCommitted(outcome))
                    throw failure;
                return;
            }
        }
    }

    /// <summary>Whether the last transaction was committed. A new producer has the brokers end it the one way or the other first.</summary>
    private bool IsCommitted(Outcome outcome)
    {
        while (_producer is null)
        {
            try
            {
                _producer = Begin();
            }
            catch (LogException error) when (error.Kind == LogErrorKind.Unreachable && !closing.IsCancellationRequested)
            {
                // Until it is known, nothing else can be stored either.
            }
        }
        return outcome.IsIn(reader);
    }

    /// <summary>Takes the transaction back, and gives up a producer that can't go on: the next commit begins with a new one.</summary>
    private LogException TakenBack(RecordProducer producer, Deliveries deliveries, Exception error, TimeSpan elapsed)
    {
        var isLeftAlone = _producer is null;
        if (isLeftAlone || (error is LogException or KafkaTxnRequiresAbortException && Aborts(producer)))
            return Reason(producer, deliveries, error);
        // The brokers fence off a transaction that takes too long, too; then nobody has taken over.
        _isFenced = share is null && IsFenced(error) && elapsed < ClientSettings.TransactionTime;
        var reason = Reason(producer, deliveries, error);
        _producer = null;
        producer.Dispose();
        return reason;
    }

    private static bool Aborts(RecordProducer producer)
    {
        try
        {
            producer.Producer.AbortTransaction(Patience);
            return true;
        }
        catch (KafkaException)
        {
            // A new producer takes the transaction back as it begins.
            return false;
        }
    }

    private LogException Reason(RecordProducer producer, Deliveries deliveries, Exception error)
    {
        if (error is not KafkaException kafka)
            return (LogException)error;
        if (share is not null && IsFenced(error))
            return ShareErrors.TooSlow(cluster.Address, error);
        if (share is not null && ShareErrors.IsNotOwned(kafka.Error))
            return ShareErrors.NotOwned(cluster.Address, error);
        return deliveries.Failed is { } failed && !IsFenced(error)
            ? producer.Failure(failed)
            : cluster.Errors.Of("committing a transaction", kafka.Error, kafka);
    }

    private static bool IsFenced(Exception error) => error is KafkaException
    {
        Error.Code: ErrorCode.ProducerFenced or ErrorCode.Local_Fenced or ErrorCode.InvalidProducerEpoch,
    };

    private void Note(IReadOnlyList<TopicAppend> appends, Deliveries deliveries)
    {
        foreach (var (number, append) in appends.Index())
        {
            if (append.Records.Count > 0)
                cluster.Ends.Note(new(append.Topic, append.Partition), deliveries.End[number]);
        }
    }
}
