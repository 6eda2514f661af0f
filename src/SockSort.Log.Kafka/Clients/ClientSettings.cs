using Confluent.Kafka;
using SockSort.Log.Kafka.Addresses;

namespace SockSort.Log.Kafka.Clients;

/// <summary>The settings of the client library's handles: the log's own, and over them what the user gives.</summary>
internal sealed class ClientSettings(KafkaAddress address)
{
    /// <summary>How long an answer is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the brokers let a transaction be open. The transaction of a killed process hides what follows it until the next one begins,
    /// or for so long.
    /// </summary>
    public static readonly TimeSpan TransactionTime = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The same of processes that share partitions: who takes over those of a killed one waits for so long at most, and for the broker to
    /// look.
    /// </summary>
    public static readonly TimeSpan SharedTransactionTime = TimeSpan.FromSeconds(10);

    // A fetch at the end of a partition is answered after this time, and only then the end is known to be reached.
    private const int FetchWaitMs = 50;

    /// <summary>What the user sets of a key; null if nothing.</summary>
    public string? Find(string key) => address.Properties.GetValueOrDefault(key);

    public ClientConfig Admin() => new(All([]));

    /// <summary>Each record once and in order, acknowledged when all replicas that are in sync have it.</summary>
    public ProducerConfig Appends(long mostMessageBytes) => new(All(new()
    {
        ["enable.idempotence"] = "true",
        ["acks"] = "all",
        ["linger.ms"] = "1",
        ["message.timeout.ms"] = Milliseconds(Patience),
        ["message.max.bytes"] = $"{mostMessageBytes}",
    }));

    /// <summary>The same, within transactions.</summary>
    /// <param name="transactionalId">The same for all processes that exclude each other.</param>
    public ProducerConfig Transactions(long mostMessageBytes, string transactionalId) => new(Appends(mostMessageBytes))
    {
        TransactionalId = transactionalId,
        TransactionTimeoutMs = (int)TransactionTime.TotalMilliseconds,
    };

    /// <summary>The transactions of one of several processes that share partitions: nobody else uses its id.</summary>
    public ProducerConfig SharedTransactions(long mostMessageBytes, string transactionalId) => new(Appends(mostMessageBytes))
    {
        TransactionalId = transactionalId,
        TransactionTimeoutMs = (int)SharedTransactionTime.TotalMilliseconds,
        // The library takes no longer one.
        MessageTimeoutMs = (int)SharedTransactionTime.TotalMilliseconds,
    };

    /// <summary>A member of a group that shares partitions and reads nothing.</summary>
    public ConsumerConfig Share(string group) => new(All(new()
    {
        ["group.id"] = group,
        ["partition.assignment.strategy"] = "cooperative-sticky",
        ["session.timeout.ms"] = "10000",
        ["heartbeat.interval.ms"] = "2000",
        ["isolation.level"] = "read_committed",
        ["enable.auto.commit"] = "false",
        ["enable.auto.offset.store"] = "false",
        ["auto.offset.reset"] = "latest",
        ["allow.auto.create.topics"] = "false",
        // Partitions that are added are divided soon.
        ["topic.metadata.refresh.interval.ms"] = "1000",
    }));

    /// <summary>Committed records only; positions are the caller's matter.</summary>
    public ConsumerConfig Reads() => new(All(new()
    {
        ["group.id"] = "socksort-reader",
        ["isolation.level"] = "read_committed",
        ["enable.auto.commit"] = "false",
        ["enable.auto.offset.store"] = "false",
        ["enable.partition.eof"] = "true",
        ["auto.offset.reset"] = "error",
        ["allow.auto.create.topics"] = "false",
        ["fetch.wait.max.ms"] = $"{FetchWaitMs}",
        ["fetch.error.backoff.ms"] = "50",
        ["queued.max.messages.kbytes"] = "16384",
        // How long fetching rests when so much waits: not as long as it takes to read that.
        ["fetch.queue.backoff.ms"] = "10",
    }));

    /// <summary>A consumer that only stands for its group.</summary>
    /// <param name="waits">Whether it waits for offsets that a transaction is to commit.</param>
    public ConsumerConfig Group(string group, bool waits) => new(All(new()
    {
        ["group.id"] = group,
        ["enable.auto.commit"] = "false",
        ["isolation.level"] = waits ? "read_committed" : "read_uncommitted",
    }));

    private static string Milliseconds(TimeSpan time) => $"{(int)time.TotalMilliseconds}";

    private Dictionary<string, string> All(Dictionary<string, string> own)
    {
        var all = new Dictionary<string, string>(own)
        {
            ["bootstrap.servers"] = address.Servers,
            ["client.id"] = "socksort",
            // Deleted and new topics are seen soon.
            ["topic.metadata.refresh.fast.interval.ms"] = "50",
            ["topic.metadata.propagation.max.ms"] = "2000",
            ["reconnect.backoff.max.ms"] = "1000",
        };
        foreach (var (key, value) in address.Properties)
            all[key] = value;
        return all;
    }
}
