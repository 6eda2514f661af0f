using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using SockSort.Log.Kafka.Addresses;
using SockSort.Log.Kafka.Clients;
using SockSort.Log.Kafka.Consumers;
using SockSort.Log.Kafka.Reading;
using SockSort.Log.Kafka.Topics;

namespace SockSort.Log.Kafka;

/// <summary>What the writer and the readers of a log on Kafka share: the connection for requests, topics, groups, and news.</summary>
internal sealed class KafkaCluster : IDisposable
{
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(15);

    private readonly AdminClient _admin;

    private KafkaCluster(KafkaAddress address)
    {
        KafkaLibrary.Use();
        Address = address;
        Settings = new ClientSettings(address);
        Errors = new KafkaErrors(address, News);
        _admin = new AdminClient(address, Settings, News, Errors);
        Topics = new KafkaTopics(_admin, Errors);
        Groups = new ConsumerGroups(_admin, Settings, Errors);
        Topics.Removed += Ends.Forget;
    }

    /// <summary>Raised with the name of a topic that has new records, of this process or another one.</summary>
    public event Action<string>? Changed;

    public KafkaAddress Address { get; }

    public ClientSettings Settings { get; }

    public BrokerNews News { get; } = new();

    public KafkaErrors Errors { get; }

    public KafkaTopics Topics { get; }

    public ConsumerGroups Groups { get; }

    public CommittedEnds Ends { get; } = new();

    public CommitSignal Signal { get; } = new();

    /// <summary>32 hexadecimal digits made of the cluster's id.</summary>
    public string Id { get; private set; } = "";

    /// <exception cref="LogException">No broker can be reached, one refuses the login, or the settings are wrong.</exception>
    public static KafkaCluster Open(KafkaAddress address)
    {
        var cluster = new KafkaCluster(address);
        try
        {
            cluster.Id = IdOf(cluster.Describe().ClusterId);
            cluster.News.Clear();
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    /// <summary>Makes sure that the brokers are still those of the start.</summary>
    /// <exception cref="LogException">They are another cluster, or do not answer.</exception>
    public void RequireSame()
    {
        // What was said of brokers that were down says nothing of those that are there now.
        News.Clear();
        if (IdOf(Describe().ClusterId) != Id)
            throw Errors.OtherCluster();
    }

    /// <summary>The largest message that the brokers take, by the user's setting or their own; null if they do not say.</summary>
    public long? MostMessageBytes()
    {
        if (Settings.Find("message.max.bytes") is { } asked && long.TryParse(asked, out var most))
            return most;
        try
        {
            var broker = _admin.Metadata().OriginatingBrokerId;
            var resource = new ConfigResource { Type = ResourceType.Broker, Name = $"{broker}" };
            var found = _admin.Ask(admin => admin.DescribeConfigsAsync([resource], new() { RequestTimeout = ClientSettings.Patience }));
            return long.Parse(found[0].Entries["message.max.bytes"].Value, System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (KafkaException)
        {
            // Not every user may read the brokers' settings.
            return null;
        }
    }

    /// <summary>Tells everybody who waits that a topic has changed.</summary>
    public void TellChanged(string topic)
    {
        Signal.Raise();
        Listeners.Notify(Changed, topic);
    }

    /// <summary>Asks for the end of a place; -1 if its topic does not exist.</summary>
    public Func<TopicPartition, long> EndOf(Fetcher fetcher) => place =>
        Topics.PartitionsOf(place.Topic) is { } partitions && place.Partition.Value < partitions ? fetcher.Ends(place).End : -1;

    public void Dispose()
    {
        Groups.Dispose();
        _admin.Dispose();
    }

    private static string IdOf(string cluster) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cluster)).AsSpan(0, 16));

    private DescribeClusterResult Describe()
    {
        const string Doing = "asking for the cluster";
        return Errors.Try(Doing, () => _admin.Ask(async admin =>
        {
            var answer = admin.DescribeClusterAsync(new() { RequestTimeout = OpeningPatience });
            if (await Task.WhenAny(answer, News.Hopeless) == answer)
                return await answer;
            throw Errors.Of(Doing, News.Hopeless.Result);
        }));
    }
}
