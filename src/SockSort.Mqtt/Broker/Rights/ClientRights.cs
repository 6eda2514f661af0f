namespace SockSort.Mqtt.Broker.Rights;

/// <summary>The rights of one client: the lines of its user first, then those of all; among each a denial goes first.</summary>
/// <param name="file">Where they stand.</param>
internal sealed class ClientRights(RightsFile file, TopicRight[] own, TopicRight[] ofAll)
{
    public RightsFile File => file;

    public bool MayRead(string topic) => May(topic, TopicAccess.Read);

    public bool MayWrite(string topic) => May(topic, TopicAccess.Write);

    /// <summary>Whether some message may come of a subscription; each is looked at again.</summary>
    public bool MaySubscribe(string filter)
    {
        if (IsDenied(own, filter))
            return false;
        return CanRead(own, filter) || (!IsDenied(ofAll, filter) && CanRead(ofAll, filter));
    }

    private static bool IsDenied(TopicRight[] rights, string filter) =>
        Array.Exists(rights, right => right.Access == TopicAccess.Deny && right.Covers(filter));

    private static bool CanRead(TopicRight[] rights, string filter) =>
        Array.Exists(rights, right => right.Access.HasFlag(TopicAccess.Read) && right.Overlaps(filter));

    private bool May(string topic, TopicAccess access) => (Of(own, topic, access) ?? Of(ofAll, topic, access)) == true;

    /// <summary>Null = these say nothing of it.</summary>
    private static bool? Of(TopicRight[] rights, string topic, TopicAccess access)
    {
        bool? may = null;
        foreach (var right in rights)
        {
            var says = right.Access == TopicAccess.Deny || right.Access.HasFlag(access);
            if (!says || (may == true && right.Access != TopicAccess.Deny) || !right.Matches(topic))
                continue;
            if (right.Access == TopicAccess.Deny)
                return false;
            may = true;
        }
        return may;
    }
}
