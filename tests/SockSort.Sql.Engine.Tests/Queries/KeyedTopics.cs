using System.Text;
using SockSort.Log;

namespace SockSort.Sql.Engine.Tests.Queries;

/// <summary>Reads topics by key, whatever partitions the keys lie in.</summary>
internal static class KeyedTopics
{
    /// <summary>The records of a topic, partition after partition, as <c>key=&gt;value</c>.</summary>
    public static List<string> Records(ILogReader log, string topic) => [.. All(log, topic).Select(TextOf)];

    /// <summary>
    /// The values of each key in the order in which they were written; a key is told with its partition if it lies in several.
    /// </summary>
    public static SortedDictionary<string, List<string>> ValuesByKey(ILogReader log, string topic)
    {
        var values = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var keyed in All(log, topic).GroupBy(record => Text(record.Key)))
        {
            foreach (var part in keyed.GroupBy(record => record.Partition))
            {
                var isWhole = part.Count() == keyed.Count();
                values[isWhole ? keyed.Key : $"{keyed.Key} in partition {part.Key}"] = [.. part.Select(record => Text(record.Value))];
            }
        }
        return values;
    }

    /// <summary>The newest value of each key that has one, as <c>key=&gt;value</c>.</summary>
    public static List<string> Rows(ILogReader log, string topic) =>
        [.. ValuesByKey(log, topic).Where(row => row.Value[^1] != "null").Select(row => $"{row.Key}=>{row.Value[^1]}")];

    /// <summary>The numbers of the partitions that have records.</summary>
    public static List<int> PartitionsOf(ILogReader log, string topic) =>
        [.. All(log, topic).Select(record => record.Partition).Distinct()];

    private static IEnumerable<LogRecord> All(ILogReader log, string topic) =>
        Enumerable.Range(0, log.FindTopic(topic)!.Partitions).SelectMany(partition => log.Read(topic, partition, 0, int.MaxValue));

    private static string TextOf(LogRecord record) => $"{Text(record.Key)}=>{Text(record.Value)}";

    private static string Text(ReadOnlyMemory<byte>? bytes) => bytes is { } some ? Encoding.Latin1.GetString(some.Span) : "null";
}
