using System.Text.RegularExpressions;

namespace SockSort.Deploy.Flink;

/// <summary>The texts of what can go wrong with Flink and its SQL Gateway.</summary>
internal static partial class FlinkDeployErrors
{
    // Of a cause: Flink may add a table's options or its factories, one a line.
    private const int LongestCause = 400;

    // How the lines of a trace begin that say where, not what.
    private static readonly string[] FrameStarts = ["at ", "... ", "End of exception"];

    public static DeployException Unreachable(Uri gateway, Exception error) => new(
        DeployErrorKind.Unreachable, $"{gateway} cannot be reached: {error.Message}; --gateway names Flink's SQL Gateway", null, error);

    public static DeployException NoGateway(Uri gateway, int status) => new(
        DeployErrorKind.Unreachable,
        $"{gateway} answers ({status}), but not as Flink's SQL Gateway does; its port is 8083 unless it is set otherwise, and 8081 that of "
            + "Flink's own REST API");

    public static DeployException NoRest(Uri rest, string problem) => new(
        DeployErrorKind.Unreachable,
        $"{rest} does not answer as Flink's REST API does: {problem}; --rest names the JobManager, whose port is 8081 unless it is set "
            + "otherwise");

    public static void ThrowIfRefused(Uri gateway, int status, string text)
    {
        if (status is 401 or 403)
            throw new DeployException(DeployErrorKind.Access, DeployException.AccessText(gateway, status, OneLine(text)));
    }

    /// <summary>What the gateway's words mean for who deploys.</summary>
    public static DeployException Refused(Uri gateway, int status, string trace)
    {
        if (NoFactory().Match(trace) is { Success: true } missing)
            return new(
                DeployErrorKind.NoPlugin,
                $"Flink lacks what its tables over Kafka need: '{missing.Groups[1].Value}'; put Flink's jar for it "
                    + "(flink-sql-connector-kafka, flink-json) into the folder lib of the gateway, the JobManager and all TaskManagers, "
                    + "and start them again");
        if (NoSession().IsMatch(trace))
            return new(
                DeployErrorKind.Refused,
                $"the session at {gateway} is gone: the gateway was started again, or closes sessions too soon "
                    + "(sql-gateway.session.idle-timeout); run the command again, it goes on with what lacks");
        return new(DeployErrorKind.Refused, $"Flink refuses ({status}): {Cause(trace)}");
    }

    /// <summary>The root of a Java stack trace in one line, without its class.</summary>
    public static string Cause(string trace)
    {
        const string CausedBy = "Caused by: ";
        var lines = trace.Split('\n');
        var first = Array.FindLastIndex(lines, line => line.StartsWith(CausedBy, StringComparison.Ordinal));
        var text = lines.Skip(Math.Max(first, 0)).TakeWhile(line => !IsFrame(line)).Select(line => line.Trim());
        var cause = OneLine(string.Join(' ', text).Replace(CausedBy, "", StringComparison.Ordinal));
        // A root without words says nothing alone: what it has caused does.
        if (BareClass().Match(cause) is { Success: true } bare && first > 0)
        {
            var outer = string.Join('\n', lines.Take(first));
            return $"{Cause(outer)} ({bare.Groups[1].Value})";
        }
        var words = ClassNames().Replace(cause, "").TrimEnd('.');
        return words.Length <= LongestCause ? words : $"{words[..LongestCause]} …";
    }

    /// <param name="asked">Flink's REST API, where it was asked; it knows causes that the gateway does not.</param>
    public static DeployException Failed(string place, FlinkJob job, string id, string? cause, Uri? asked)
    {
        var silent = asked is null
            ? "the gateway does not say why; --rest URL of the JobManager does"
            : $"{asked} does not say why; the log of the JobManager does";
        return new(
            DeployErrorKind.Refused,
            $"the job of {job.Key} has failed after its start ({id}): {cause ?? silent}{AdviceFor(cause)}",
            place);
    }

    public static DeployException Late(string place, FlinkJob job, string id, string state, TimeSpan waited) => new(
        DeployErrorKind.Late,
        $"the job of {job.Key} does not run {waited.TotalSeconds} s after it was submitted ({id}): {state}; look with --status, or give "
            + "more time by --timeout",
        place);

    public static DeployException NotGone(FlinkJob job, string id, string state, string? savepoint, TimeSpan waited) => new(
        DeployErrorKind.Late,
        $"the job of {job.Key} was told to stop, and is still {state} {waited.TotalSeconds} s later ({id}); look with --status"
            + (savepoint is null ? "" : $". Its savepoint is {savepoint}"));

    /// <summary>Whether the gateway's own client has waited too long for the cluster.</summary>
    public static bool IsTimeout(DeployException error) =>
        error.Kind == DeployErrorKind.Refused && error.Message.Contains("TimeoutException", StringComparison.Ordinal);

    public static DeployException NoSavepoint(FlinkJob job, string id, string folder, TimeSpan waited, Exception error) => new(
        DeployErrorKind.Late,
        $"the job of {job.Key} has not written its savepoint within {waited.TotalSeconds} s ({id}); Flink may still write it into "
            + $"{folder}, and then ends the job: look there and with --status, or give more time by --timeout",
        place: null, error);

    public static DeployException Differs(FlinkProgram program, IReadOnlyList<(string Place, string What, string Detail)> findings)
    {
        var lines = findings.Select(finding => $"{finding.Place}: {finding.What} is there in another form: {finding.Detail}");
        return new(
            DeployErrorKind.Differs,
            $"{string.Join('\n', lines)}\n{program.Script}: nothing was submitted; stop the other job first (--cancel, with the script and "
                + "the options that made it, or STOP JOB 'ID' in Flink's SQL client)");
    }

    public static DeployException NoLogin(string file, Exception error) => new(
        DeployErrorKind.File, $"--kafka-properties: {file} cannot be read: {error.Message}", place: null, error);

    public static DeployException NotOfLogin(string file, string key) => new(
        DeployErrorKind.File,
        $"--kafka-properties: {file}: '{key}' is no key of a login (security.protocol, sasl.…, ssl.…, config.providers…); how topics are "
            + "read and written the script says: take the line out");

    public static DeployException NotJavasName(string file, string key, string name) => new(
        DeployErrorKind.File,
        $"--kafka-properties: {file}: '{key}' is librdkafka's; Flink has Kafka's Java client, which calls it {name}");

    public static DeployException NoSuchJob(string name, IReadOnlyList<FlinkJob> jobs)
    {
        var known = string.Join(", ", jobs.Select(job => $"'{job.Key}'"));
        return new(DeployErrorKind.File, name.Length == 0
            ? $"--from-savepoint: the script has {jobs.Count} jobs, write NAME=PATH for each that starts from one; they are {known}"
            : $"--from-savepoint: the script has no job '{name}'; its jobs are {known}");
    }

    /// <summary>Why the work ended early, with what was done before.</summary>
    public static DeployException HalfDone(DeployException cause, int done, int all) => done == 0
        ? cause
        : new(cause.Kind, $"{cause.Message}; {done} of {all} changes were made before, and stay", place: null, cause);

    private static string AdviceFor(string? cause) => cause switch
    {
        null => "",
        _ when cause.Contains("does not host this topic-partition", StringComparison.Ordinal) =>
            "; a topic that a job reads has to be there before it: socksort topic create NAME --log kafka://HOST:PORT",
        _ when cause.Contains("Timed out waiting for a node assignment", StringComparison.Ordinal)
            || cause.Contains("No resolvable bootstrap urls", StringComparison.Ordinal) =>
            "; --kafka is Kafka's address as Flink's machines reach it, --kafka-properties says how to log in there",
        _ when cause.Contains("No LoginModule found", StringComparison.Ordinal) =>
            "; in Flink's own jar of Kafka's client (flink-sql-connector-kafka) the classes of sasl.jaas.config begin with "
                + "org.apache.flink.kafka.shaded.org.apache.kafka",
        _ when cause.Contains("Authentication failed", StringComparison.OrdinalIgnoreCase) =>
            "; look at user and password in the file of --kafka-properties",
        _ => "",
    };

    private static bool IsFrame(string line) =>
        FrameStarts.Any(start => line.TrimStart().StartsWith(start, StringComparison.Ordinal));

    private static string OneLine(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"Could not find any (?:format )?factory for identifier '([^']+)'")]
    private static partial Regex NoFactory();

    [GeneratedRegex(@"Session '[^']*' does not exist")]
    private static partial Regex NoSession();

    [GeneratedRegex(@"(?:[a-z][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error): ")]
    private static partial Regex ClassNames();

    [GeneratedRegex(@"^(?:[\w$]+\.)*([A-Z][\w$]*(?:Exception|Error)):?$")]
    private static partial Regex BareClass();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
