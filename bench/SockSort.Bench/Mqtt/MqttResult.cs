using System.Globalization;

namespace SockSort.Bench.Mqtt;

/// <summary>The figures of one burst.</summary>
/// <param name="Messages">Published.</param>
/// <param name="Published">Until the broker had taken the last one; of QoS 1 until it was acknowledged.</param>
/// <param name="Counted">Until the window's counts had the last one.</param>
/// <param name="InSql">Messages in the window's counts.</param>
/// <param name="Processor">Processor time of the server until then.</param>
/// <param name="PeakBytes">Largest memory of the server's process.</param>
/// <param name="Limit">Messages a second to reach.</param>
public sealed record MqttResult(
    int Messages, TimeSpan Published, TimeSpan Counted, long InSql, TimeSpan Processor, long PeakBytes, int Limit)
{
    /// <summary>Records in the log.</summary>
    public long InLog { get; init; }

    /// <summary>Messages that are missing in the log or in the counts.</summary>
    public long Lost => Messages - Math.Min(InLog, InSql);

    public double PerSecond => Messages / Counted.TotalSeconds;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{PerSecond:0} messages/s to the counts ({PerSecond / Limit:0.00} of {Limit}), {Messages / Published.TotalSeconds:0}/s published, "
        + $"{Processor.TotalMicroseconds / Messages:0.0} us of processor a message, {PeakBytes >> 20} MB at most, "
        + $"{InLog} in the log, {InSql} counted, {Lost} lost");
}
