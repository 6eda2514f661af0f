using System.Globalization;

namespace SockSort.Bench.Mqtt;

/// <summary>The figures of many cameras; messages and rows are those of the warm-up, too.</summary>
/// <param name="Messages">Published.</param>
/// <param name="Acknowledged">Of these, acknowledged by the broker.</param>
/// <param name="Rows">Different messages that came as a row of the push query.</param>
/// <param name="Wrong">Rows of a message that had come before, or of none.</param>
/// <param name="PerSecond">Messages a second that were really published.</param>
/// <param name="Latencies">From the time at which a message was due to its row at the client.</param>
/// <param name="Processor">Processor time of the server, a message.</param>
/// <param name="PeakBytes">Largest memory of the server's process.</param>
public sealed record CameraResult(
    long Messages, long Acknowledged, long Rows, long Wrong, double PerSecond, Latencies Latencies, TimeSpan Processor, long PeakBytes)
{
    /// <summary>Records in the log.</summary>
    public long InLog { get; init; }

    /// <summary>Messages that are missing in the log or among the rows.</summary>
    public long Lost => Messages - Math.Min(InLog, Rows);

    /// <summary>Whether each message is there, once.</summary>
    public bool IsRight => InLog == Messages && Rows == Messages && Acknowledged == Messages && Wrong == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{PerSecond:0} messages/s, from due to pushed row {Latencies}, {Processor.TotalMicroseconds:0.0} us of processor a message, "
        + $"{PeakBytes >> 20} MB at most, {Messages} published, {Acknowledged} acknowledged, {InLog} in the log, {Rows} rows, {Lost} lost, "
        + $"{Wrong} rows twice");
}
