using MQTTnet;

namespace SockSort.Mqtt.Broker.Rights;

/// <summary>A line of a file of rights.</summary>
/// <param name="Access">What is allowed; nothing = all is denied, whatever other lines allow.</param>
/// <param name="Filter">In a pattern with <c>%u</c> for the user and <c>%c</c> for the client id.</param>
internal sealed record TopicRight(TopicAccess Access, string Filter)
{
    private const string User = "%u";
    private const string Client = "%c";

    /// <summary>Whether it stands for other topics with each client.</summary>
    public bool IsPattern => Filter.Contains(User, StringComparison.Ordinal) || Filter.Contains(Client, StringComparison.Ordinal);

    /// <summary>Null = the word is none.</summary>
    public static TopicAccess? AccessOf(string word) => word switch
    {
        "read" => TopicAccess.Read,
        "write" => TopicAccess.Write,
        "readwrite" => TopicAccess.ReadWrite,
        "deny" => TopicAccess.Deny,
        _ => null,
    };

    /// <summary>The right of one client.</summary>
    public TopicRight For(string user, string clientId) =>
        IsPattern ? this with { Filter = Filter.Replace(User, user).Replace(Client, clientId) } : this;

    public bool Matches(string topic) => MqttTopicFilterComparer.Compare(topic, Filter) == MqttTopicFilterCompareResult.IsMatch;

    /// <summary>Whether some topic matches both filters.</summary>
    public bool Overlaps(string filter) => Overlap(Filter.Split('/'), filter.Split('/'));

    /// <summary>Whether each topic that matches the other filter matches this one.</summary>
    public bool Covers(string filter)
    {
        var (own, other) = (Filter.Split('/'), filter.Split('/'));
        for (var i = 0; i < own.Length; i++)
        {
            if (own[i] == "#")
                return true;
            if (i >= other.Length || other[i] == "#" || (own[i] != "+" && own[i] != other[i]))
                return false;
        }
        return own.Length == other.Length;
    }

    private static bool Overlap(ReadOnlySpan<string> one, ReadOnlySpan<string> other)
    {
        // [MQTT-4.7.2-1]: a wildcard in the first place does not match a topic that begins with '$'.
        if (IsSystem(one) != IsSystem(other))
            return false;
        for (var i = 0; i < Math.Min(one.Length, other.Length); i++)
        {
            if (one[i] == "#" || other[i] == "#")
                return true;
            if (one[i] != other[i] && one[i] != "+" && other[i] != "+")
                return false;
        }
        // [MQTT-4.7.1-2]: 'a/#' takes in 'a'.
        return one.Length == other.Length
            || (one.Length == other.Length + 1 && one[^1] == "#") || (other.Length == one.Length + 1 && other[^1] == "#");
    }

    private static bool IsSystem(ReadOnlySpan<string> levels) => levels[0].StartsWith('$');
}
