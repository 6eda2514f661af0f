using SockSort.Cli.Output;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Cli.Recognition;

/// <summary>What became of the messages that a publisher was given and no broker has taken, in words.</summary>
internal static class LostMessages
{
    /// <summary>At the end of a run, when nothing is sent any more.</summary>
    public static long Count(PublisherStatus status) => status.Lost + status.Waiting + status.InFlight;

    /// <summary>Those of them that are gone for good: what waits on disk is sent by the next start.</summary>
    public static long CountOfLost(PublisherStatus status) => WaitsOnDisk(status) ? status.Lost : Count(status);

    /// <summary>A line for each cause; none where nothing is lost.</summary>
    public static IEnumerable<string> Lines(PublisherStatus status)
    {
        if (status.Waiting + status.InFlight is > 0 and var undelivered)
        {
            yield return $"{Counted.Of(undelivered, "message")} did not reach the broker ({ReasonOf(status)})";
            if (WaitsOnDisk(status))
                yield return "they wait on disk: the next start sends them";
        }
        if (status.Dropped > 0)
            yield return $"{Counted.Of(status.Dropped, "message")} {Counted.Were(status.Dropped)} dropped: the queue was full, as the "
                + "broker did not take them in time";
        if (status.Rejected > 0)
            yield return $"{Counted.Of(status.Rejected, "message")} {Counted.Were(status.Rejected)} refused ({status.LastRejection})";
    }

    /// <summary><c>, 3 dropped, 1 refused</c>; empty where nothing is lost yet.</summary>
    public static string Short(PublisherStatus status)
    {
        var dropped = status.Dropped == 0 ? "" : $", {status.Dropped} dropped (queue full)";
        return status.Rejected == 0 ? dropped : $"{dropped}, {status.Rejected} refused";
    }

    public static string StateOf(ConnectionState state) => state switch
    {
        ConnectionState.Connecting => "connecting",
        ConnectionState.Connected => "connected",
        ConnectionState.WrongCredentials => "refuses user or password",
        ConnectionState.Refused => "refuses",
        ConnectionState.TakenOver => "taken over by another client of the same id",
        ConnectionState.Stopped => "stopped",
        _ => "not reachable",
    };

    private static bool WaitsOnDisk(PublisherStatus status) => status.Buffer is { Problem: null };

    private static string ReasonOf(PublisherStatus status) =>
        status.State == ConnectionState.Refused ? $"{StateOf(status.State)}: {status.LastError}" : StateOf(status.State);
}
