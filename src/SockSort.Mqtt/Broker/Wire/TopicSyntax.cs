
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>
/// How topics and filters are written (section 4.7 of both versions); the length of 65 535 bytes is given by the packets.
/// </summary>
internal static class TopicSyntax
{
    /// <summary>Levels of a filter that the broker takes; a message of a deeper topic still reaches <c>#</c>.</summary>
    public const int MostLevels = 200;

    private const string SharedPrefix = "$share/";
    private const string SystemTopics = "$SYS";

    public static bool HasWildcard(string topic) => topic.AsSpan().ContainsAny('+', '#');

    public static bool IsShared(string filter) => filter.StartsWith(SharedPrefix, StringComparison.Ordinal);

    /// <summary>The name of the group that shares a filter, <c>$share/GROUP/FILTER</c>; null where it is no such filter.</summary>
    public static string? GroupOf(string filter) => IsShared(filter) ? filter[SharedPrefix.Length..SharedAt(filter)] : null;

    /// <summary>The filter that a group shares; a filter that none shares as it is.</summary>
    public static string UnsharedOf(string filter) => IsShared(filter) ? filter[Math.Min(SharedAt(filter) + 1, filter.Length)..] : filter;

    /// <summary>[MQTT-4.8.2-1], [MQTT-4.8.2-2]: a group has a name, and a filter that it shares.</summary>
    public static bool IsWrongShare(string filter) =>
        IsShared(filter) && (GroupOf(filter)!.Length == 0 || HasWildcard(GroupOf(filter)!) || UnsharedOf(filter).Length == 0);

    /// <summary>The tree where a broker tells of itself: no client publishes there.</summary>
    public static bool IsOfTheBroker(string topic) => topic.StartsWith(SystemTopics, StringComparison.Ordinal)
        && (topic.Length == SystemTopics.Length || topic[SystemTopics.Length] == '/');

    public static bool IsTooDeep(string filter) => filter.AsSpan().Count('/') >= MostLevels;

    /// <exception cref="PacketViolation">It is no filter.</exception>
    public static void CheckFilter(string filter)
    {
        if (filter.Length == 0)
            throw new PacketViolation(PacketRule.EmptyFilter);
        for (var i = 0; i < filter.Length; i++)
        {
            if (filter[i] is not ('+' or '#'))
                continue;
            var beginsLevel = i == 0 || filter[i - 1] == '/';
            var isLast = i == filter.Length - 1;
            if (filter[i] == '#' && !(beginsLevel && isLast))
                throw new PacketViolation(PacketRule.HashInFilter);
            if (filter[i] == '+' && !(beginsLevel && (isLast || filter[i + 1] == '/')))
                throw new PacketViolation(PacketRule.PlusInFilter);
        }
    }

    // Where the group's name ends.
    private static int SharedAt(string filter)
    {
        var at = filter.IndexOf('/', SharedPrefix.Length);
        return at < 0 ? filter.Length : at;
    }
}
