using SockSort.Cli.Output;

namespace SockSort.Cli.Demo;

/// <summary>Formats the summary of the demo.</summary>
internal static class DemoSummary
{
    public static IEnumerable<string> Lines(DemoReport report)
    {
        yield return $"frames      {report.Frames} classified, {report.Published} published, {report.Logged} logged, {report.Read} read "
            + $"by SQL{Difference(report)}";
        yield return report.Known == 0
            ? "recognised  nobody knows what was shown: put a labels.csv (frame,label) beside the pictures"
            : $"recognised  {report.Right} of {report.Known} frames right ({100.0 * report.Right / report.Known:0.0} %)";
        yield return $"pairs       {report.PairsTold} told by the query" + (report.PairsTrue is { } pairs ? $", {pairs} shown" : "");
        var seen = $"{Counted.Of(report.SightingsTold, "sock")} and {Counted.Of(report.SightingPairsTold, "pair")}";
        yield return $"sightings   {seen}; the query's windows: {Counted.Of(report.WindowsTold, "sock")}"
            + (report.SocksTrue is { } socks ? $"; shown: {Counted.Of(socks, "sock")}" : "");
        if (report.LogMsP50 is not null)
            yield return $"latency     frame to log {report.LogMsP50:0.0} ms (p99 {report.LogMsP99:0.0}), frame to table "
                + $"{report.TableMsP50:0.0} ms (p99 {report.TableMsP99:0.0})";
        if (report.Missed > 0)
            yield return $"missed      {report.Missed} frames, which this machine was too slow to take";
        if (report.Damaged > 0)
            yield return $"damaged     {report.Damaged} frames of the video or stream, or places in it";
        if (report.Reopened > 0)
            yield return $"camera      opened again {Counted.Of(report.Reopened, "time")}";
        if (report.CameraProblem is { } problem)
            yield return $"camera      away at the end: {problem}";
        if (report.Redelivered > 0)
            yield return $"twice       {report.Redelivered} messages came a second time, their acknowledgement having been cut off: each "
                + "may stand in the log twice";
        if (report.Unreadable > 0)
            yield return $"skipped     {report.Unreadable} records that are no JSON of the query's stream";
        if (report.SubscribersMissed > 0)
            yield return $"slow        {report.SubscribersMissed} messages that another client of the demo's broker was too slow to take";
        foreach (var loss in report.Losses)
            yield return $"lost        {loss}";
    }

    private static string Difference(DemoReport report)
    {
        var others = report.Logged - report.Published;
        return (report.Frames == report.Published, others, report.Read == report.Logged) switch
        {
            (true, 0, true) => ": all equal",
            (false, _, _) => $": {report.Frames - report.Published} frames were not acknowledged",
            (_, > 0, _) => $": {others} more in the log, from other publishers or sent twice",
            (_, < 0, _) => $": {-others} fewer in the log, still on the way when the demo ended",
            _ => $": {report.Logged - report.Read} were still to be read when the demo ended",
        };
    }
}
