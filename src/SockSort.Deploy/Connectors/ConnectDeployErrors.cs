using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Connectors;

/// <summary>The texts of what can go wrong with a Kafka Connect cluster. Values of secret settings are in none of them.</summary>
internal static class ConnectDeployErrors
{
    private const int ShortestSecret = 3;

    public static DeployException Unreachable(Uri cluster, Exception error) => new(
        DeployErrorKind.Unreachable, $"{cluster} cannot be reached: {error.Message}; --connect names any worker of the cluster", null,
        error);

    public static DeployException NoConnect(Uri cluster, int status, Exception error) => new(
        DeployErrorKind.Unreachable, $"{cluster} answers ({status}), but not as Kafka Connect does; is it another server's port?", null,
        error);

    public static DeployException Refused(Uri cluster, int status, string message) => status is 401 or 403
        ? new(DeployErrorKind.Access, DeployException.AccessText(cluster, status, message))
        : new(DeployErrorKind.Refused, $"{cluster} refuses ({status}): {message}");

    public static DeployException NoPlugin(
        Uri cluster, string place, WantedConnector connector, string plugin, IEnumerable<ConnectPlugin> known)
    {
        var there = string.Join(", ", known.Where(one => one.Type is "source" or "sink"));
        return new(
            DeployErrorKind.NoPlugin,
            $"connector '{connector.Name}' needs the plugin '{plugin}', which the cluster at {cluster} lacks; it has {there}; put the "
                + "plugin into a folder of the workers' plugin.path and start them again",
            place);
    }

    public static DeployException Wrong(string place, WantedConnector connector, IEnumerable<(string Setting, string Problem)> problems)
    {
        var told = problems.Select(problem => $"\n  {problem.Setting}: {Hide(problem.Problem, connector)}");
        return new(
            DeployErrorKind.Refused,
            $"connector '{connector.Name}' cannot run with these settings; nothing was changed:{string.Concat(told)}", place);
    }

    /// <summary>The cluster's words about a connector, without the values of its secrets.</summary>
    public static string Hide(string text, WantedConnector connector)
    {
        var shown = SecretText.Hide(text);
        var secrets = connector.Settings.Where(setting => SecretText.IsSecret(setting.Key) && setting.Value.Length >= ShortestSecret);
        return secrets.Aggregate(shown, (hidden, secret) => hidden.Replace(secret.Value, "********", StringComparison.Ordinal));
    }

    public static DeployException Late(string place, WantedConnector connector, ConnectorStatus? last, TimeSpan waited) => new(
        DeployErrorKind.Late,
        $"connector '{connector.Name}' does not run {waited.TotalSeconds} s after it was sent: {last?.State ?? "no worker has taken it"}; "
            + "look with --status, or give more time by --timeout",
        place);

    public static DeployException NotGone(string place, WantedConnector connector, ConnectorStatus? last, TimeSpan waited) => new(
        DeployErrorKind.Late,
        $"connector '{connector.Name}' was removed, and is still {last?.State} {waited.TotalSeconds} s later; look with --status", place);

    /// <summary>The same error without the values of the connector's secrets, which the cluster may have put into its words.</summary>
    public static DeployException Hidden(DeployException error, WantedConnector connector) =>
        Hide(error.Message, connector) is var told && told == error.Message ? error : new(error.Kind, told, place: null, error);

    /// <summary>Why the work ended early, with what was done before.</summary>
    public static DeployException HalfDone(DeployException cause, int done, int all) =>
        new(cause.Kind, $"{cause.Message}; {done} of {all} changes were made before, and stay", place: null, cause);
}
