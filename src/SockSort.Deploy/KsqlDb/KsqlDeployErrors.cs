using SockSort.Client.Rest;

namespace SockSort.Deploy.KsqlDb;

/// <summary>The texts of what can go wrong with a ksqlDB server.</summary>
internal static class KsqlDeployErrors
{
    /// <param name="differing">What is there in another form.</param>
    public static DeployException Differs(KsqlScript script, IReadOnlyList<Finding> differing)
    {
        var told = differing.Select(
            finding => $"{PlaceOf(finding.Statement)}: {finding.Statement.What} is there in another form: {finding.Detail}");
        return new(
            DeployErrorKind.Differs,
            $"{string.Join('\n', told)}\n{script.Name}: nothing was sent; write CREATE OR REPLACE where it is to be replaced, or drop what "
                + "is there first (--remove, with the script that made it)");
    }

    /// <summary>An error of the connection, or of a request that is about no statement.</summary>
    public static DeployException Of(KsqlClientException error, Uri server) => error.Status switch
    {
        401 or 403 => new(DeployErrorKind.Access, DeployException.AccessText(server, error.Status, error.Message), place: null, error),
        null => new(DeployErrorKind.Unreachable, error.Message, place: null, error),
        _ => new(DeployErrorKind.Refused, $"{server}: {error.Message}", place: null, error),
    };

    public static DeployException Late(ScriptStatement statement, TimeSpan waited, string progress) => new(
        DeployErrorKind.Late,
        $"{statement.What} is still not done after {waited.TotalSeconds} s; {progress}; run the command again, or give more time by "
            + "--timeout",
        PlaceOf(statement));

    /// <summary>A statement that was sent, and the server has refused it or was lost meanwhile.</summary>
    /// <param name="message">What the server says, with the place in the script before it.</param>
    public static DeployException Statement(KsqlClientException error, Uri server, string message, string progress) => error.Status switch
    {
        401 or 403 => new(
            DeployErrorKind.Access, $"{DeployException.AccessText(server, error.Status, error.Message)}; {progress}", place: null, error),
        null => new(DeployErrorKind.Unreachable, $"{message}\n{progress}; run the command again when the server is back", null, error),
        _ => new(DeployErrorKind.Refused, $"{message}\n{progress}; put the script right and run the command again", place: null, error),
    };

    /// <summary>How much has been done when the work ends early: what is there is recognised by the next run.</summary>
    public static string Progress(int done, int all) =>
        done == 0 ? "nothing of the script was changed on the server" : $"{done} of {all} changes were made before, and stay";

    public static string PlaceOf(ScriptStatement statement) => statement.Statement.Span.Place;
}
