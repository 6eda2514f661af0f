using System.Globalization;

namespace SockSort.Bench.Mqtt;

/// <summary>What came in, went on and was dropped at each place of an overloaded chain.</summary>
/// <param name="TakenPerSecond">Messages a second that were acknowledged meanwhile.</param>
/// <param name="PerSecond">Messages a second that were offered.</param>
/// <param name="Offered">Given to the publishers.</param>
/// <param name="Acknowledged">Of these, acknowledged by the broker.</param>
/// <param name="PublisherDropped">Dropped by the publishers, as their queues were full.</param>
/// <param name="BrokerReceived">Received by the broker, without those that came again.</param>
/// <param name="InSql">In the window's counts.</param>
/// <param name="SlowReceived">Received by a subscriber that reads slowly.</param>
/// <param name="SlowDropped">Dropped from its queue at the broker.</param>
/// <param name="ServerPeakBytes">Largest memory of the server's process.</param>
/// <param name="PublishersPeakBytes">Largest memory of the publishers' process.</param>
public sealed record OverloadResult(
    double TakenPerSecond,
    double PerSecond,
    long Offered,
    long Acknowledged,
    long PublisherDropped,
    long BrokerReceived,
    long InSql,
    long SlowReceived,
    long SlowDropped,
    long ServerPeakBytes,
    long PublishersPeakBytes)
{
    /// <summary>Records in the log.</summary>
    public long InLog { get; init; }

    /// <summary>Messages that no count tells of, over all places.</summary>
    public long Unaccounted =>
        Math.Abs(Offered - Acknowledged - PublisherDropped) + Math.Abs(Acknowledged - BrokerReceived) + Math.Abs(BrokerReceived - InLog)
        + Math.Abs(InLog - InSql) + Math.Abs(BrokerReceived - SlowReceived - SlowDropped);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{PerSecond:0}/s offered ({PerSecond / Math.Max(1, TakenPerSecond):0.0} times of {TakenPerSecond:0}/s); publishers: {Offered} in, "
        + $"{Acknowledged} out, {PublisherDropped} dropped; broker: {BrokerReceived} in; log: {InLog}; counts: {InSql}; slow subscriber: "
        + $"{SlowReceived} out, {SlowDropped} dropped; {Unaccounted} not accounted for; server {ServerPeakBytes >> 20} MB, publishers "
        + $"{PublishersPeakBytes >> 20} MB at most");
}
