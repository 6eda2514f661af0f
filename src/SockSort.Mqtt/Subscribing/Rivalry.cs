
namespace SockSort.Mqtt.Subscribing;

/// <summary>
/// Notices that another program uses our client id. A broker lets only the one that came last be connected: two that both come back
/// at once would throw each other out for ever, and share the messages between them.
/// </summary>
/// <remarks>
/// MQTT 5 names it, and then this one stays away. An older broker just closes the connection: where that happens several times in a
/// row, each soon after it had accepted us, the pauses become long. What tells it from a network or a broker that fails: between two
/// such ends no attempt to connect has failed. A connection of our own that the broker has not yet given up is closed here
/// before the next one is made, so its end is never seen.
/// </remarks>
internal sealed class Rivalry(MqttEndpoint endpoint, string clientId, TimeProvider clock)
{
    private const int SuspiciousEnds = 3;

    // Less than the pauses: the other one, which these leave alone, shall not come to suspect us.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private int _ends;
    private TimeSpan _pause;

    /// <summary>Returns when it is time to connect: at once, where nobody else seems to use the client id.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => Task.Delay(_pause, clock, cancellationToken);

    /// <summary>An attempt to connect has failed, which has another cause.</summary>
    public void Failed() => (_ends, _pause) = (0, TimeSpan.Zero);

    /// <summary>Judges the end of a connection that was accepted.</summary>
    /// <param name="lived">How long it had a live subscription; null where it never had.</param>
    /// <param name="withoutReason">The broker has closed it and not said why.</param>
    /// <returns>The error to show.</returns>
    public MqttException Judge(MqttException lost, TimeSpan? lived, bool withoutReason)
    {
        if (lost.Kind == MqttErrorKind.TakenOver)
        {
            _pause = Timeout.InfiniteTimeSpan;
            return MqttErrors.TakenOver(endpoint, clientId);
        }
        _pause = TimeSpan.Zero;
        if (lived is not null)
            _ends = withoutReason && lived < Soon ? _ends + 1 : 0;
        if (_ends < SuspiciousEnds)
            return lost;
        _pause = FirstPause * Math.Pow(2, Math.Min(_ends - SuspiciousEnds, 10));
        if (_pause > LongestPause)
            _pause = LongestPause;
        return MqttErrors.ProbablyTakenOver(endpoint, clientId, _ends, _pause);
    }
}
