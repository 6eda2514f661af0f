
namespace SockSort.Mqtt.Publishing;

/// <summary>
/// Finds the message, if any, because of which a broker closes connections. MQTT 3 has no other way to refuse a topic, and some MQTT 5
/// brokers do so as well.
/// </summary>
internal sealed class LossExplainer(MqttEndpoint endpoint, IReadOnlyList<RetainedTopic> retained, RefusedTopics refused)
{
    // A network may fail twice in a row by chance.
    private const int LossesThatTell = 3;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private int _lossesInARow;

    /// <summary>Called when the broker has answered a message.</summary>
    public void Answered() => _lossesInARow = 0;

    /// <param name="lost">The error as it was received.</param>
    /// <param name="after">The time for which the connection lasted.</param>
    /// <param name="inFlight">Topic of the oldest message that was sent and not answered; null where there was none.</param>
    /// <returns>The same error, or one that explains it.</returns>
    public MqttException Explain(MqttException lost, TimeSpan after, string? inFlight)
    {
        var unanswered = retained.Where(topic => topic.IsUnanswered).ToList();
        unanswered.ForEach(topic => topic.ConnectionLost(lost));
        if (unanswered.Count == 0 && inFlight is not null && after < Soon)
            return OfMessage(inFlight, lost);
        return lost;
    }

    private MqttException OfMessage(string topic, MqttException lost)
    {
        _lossesInARow++;
        var isSaid = RefusalCodes.MeanTheTopic(lost);
        if (!isSaid && (lost.ReasonCode is not null || _lossesInARow < LossesThatTell))
            return lost;
        var explained = MqttErrors.ClosedOnMessage(endpoint, topic, lost);
        refused.Add(topic, explained);
        return explained;
    }
}
