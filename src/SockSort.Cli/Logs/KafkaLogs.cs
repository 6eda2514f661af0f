using Microsoft.Extensions.Logging;
using SockSort.Log;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;

namespace SockSort.Cli.Logs;

/// <summary>Logs on Kafka.</summary>
internal static class KafkaLogs
{
    public static ILog Open(string address, string data, ILoggerFactory? loggers, string? share) =>
        KafkaLog.Open(KafkaAddress.Parse(address), data, loggers: loggers, share: share);

    public static ILogReader OpenReader(string address) => KafkaLogReader.Open(KafkaAddress.Parse(address));

    public static void Check(string address) => _ = KafkaAddress.Parse(address);

    public static void SetRetention(string address, string topic, TopicRetention retention)
    {
        using var log = KafkaLog.Open(KafkaAddress.Parse(address));
        var partitions = log.PartitionsOf(topic).Count;
        _ = log.Commit(new LogCommit { Topics = [new NewTopic(topic, partitions, retention)] });
    }
}
