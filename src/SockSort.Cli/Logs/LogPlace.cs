using Microsoft.Extensions.Logging;
#if EDGE
using SockSort.Cli.Edge;
#endif
using SockSort.Log;
using SockSort.Log.Opening;

namespace SockSort.Cli.Logs;

/// <summary>Where the log is: in a data folder on this machine, or on Kafka.</summary>
/// <param name="Data">The data folder. With Kafka it keeps what belongs to this machine: credentials, certificates.</param>
/// <param name="Kafka">The address of Kafka; null for a log in the folder.</param>
internal sealed record LogPlace(string Data, string? Kafka = null)
{
    /// <summary>The name of the servers that share the work on the partitions; null where one does all. Only with Kafka.</summary>
    public string? Share { get; init; }

    /// <exception cref="LogException">The log can't be opened.</exception>
    public ILog Open(ILoggerFactory? loggers = null) =>
        Kafka is null ? DataFolder.Open(Data, loggers) : KafkaLogs.Open(Kafka, Data, loggers, Share);

    /// <inheritdoc cref="Open"/>
    public ILogReader OpenReader() => Kafka is null ? DataFolder.OpenReader(Data) : KafkaLogs.OpenReader(Kafka);

    /// <summary>Checks an address of Kafka and its properties file, without going there.</summary>
    /// <exception cref="LogException">One of them is wrong.</exception>
    public void Check()
    {
        if (Kafka is not null)
            KafkaLogs.Check(Kafka);
    }

    /// <exception cref="LogException">There is no such topic, or its retention can't be stored.</exception>
    public void SetRetention(string topic, TopicRetention retention)
    {
        if (Kafka is null)
            DataFolder.SetRetention(Data, topic, retention);
        else
            KafkaLogs.SetRetention(Kafka, topic, retention);
    }
}
