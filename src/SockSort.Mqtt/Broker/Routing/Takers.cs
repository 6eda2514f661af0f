namespace SockSort.Mqtt.Broker.Routing;

/// <summary>Who stores the messages of a topic. Not thread-safe: each run of messages has its own.</summary>
/// <param name="intakes">All there are.</param>
/// <param name="refusal">Stores nothing of what must be stored where nobody does; null = nothing must.</param>
internal struct Takers(Intake[] intakes, Intake? refusal)
{
    private string? _topic;
    private Intake[] _takers = [];

    /// <returns>The same array for messages of the same takers, where they follow each other.</returns>
    public Intake[] Of(string topic)
    {
        // A publisher's messages mostly have one topic, and one text for it.
        if (!ReferenceEquals(topic, _topic))
            (_topic, _takers) = (topic, Find(topic));
        return _takers;
    }

    private readonly Intake[] Find(string topic)
    {
        // One connector is the usual case, and asks for no array of its own.
        var takers = intakes.Length == 1 && intakes[0].Takes(topic) ? intakes : Array.FindAll(intakes, intake => intake.Takes(topic));
        return takers.Length == 0 && refusal?.Takes(topic) == true ? [refusal] : takers;
    }
}
