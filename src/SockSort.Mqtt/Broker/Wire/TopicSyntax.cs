
namespace SockSort.Mqtt.Broker.Wire;

/// <summary>
/// How topics and filters are written (section 4.7 of both versions); the length of 65 535 bytes is given by the packets.
/// </summary>
internal static class TopicSyntax
{
    /// <summary>Levels of a filter that the broker takes; a message of a deeper topic still reaches <c>#</c>.</summary>
    public const int MostLevels = 200;

    // No group of subscribers shares a filter here, in any version.
    private const string SharedPrefix = "$share/";
    private const string SystemTopics = "$SYS";

    public static bool HasWildcard(string topic) => topic.AsSpan().ContainsAny('+', '#');

    public static bool IsShared(string filter) => filter.StartsWith(SharedPrefix, StringComparison.Ordinal);

    /// <summary>The tree where a broker tells of itself: no client publishes there.</summary>
    public static bool IsOfTheBroker(string topic) =>
        topic == SystemTopics || topic.StartsWith(SystemTopics + '/', StringComparison.Ordinal);

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
}
