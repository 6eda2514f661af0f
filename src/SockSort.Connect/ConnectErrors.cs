using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>The wording of every error and note of this room. A value is shown only where it was written in the configuration itself.</summary>
internal static class ConnectErrors
{
    public static ConnectException Missing(string connector, string key, string example) => new(ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': the key '{key}' is missing, for example '{key}'='{example}'", key);

    public static ConnectException Value(string connector, string key, string problem) => new(ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': the value of '{key}' {problem}", key);

    public static ConnectException UnknownClass(string connector, string className, IEnumerable<string> known) => new(ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': there is no connector class '{className}'; known: {string.Join(", ", known)}", ConnectorKeys.Class);

    public static ConnectException NameTaken(string connector) => new(ConnectErrorKind.NameTaken,
        $"connector '{connector}' exists; drop it first, or choose another name");

    public static ConnectException NotFound(string connector, IEnumerable<string> known) => new(ConnectErrorKind.NotFound,
        $"there is no connector '{connector}'; connectors here: {(known.Any() ? string.Join(", ", known) : "none")}");

    public static ConnectException SecretsUnset(string connector, string key) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for a secret of a file, and no folder of secrets is given; name it with --secrets DIR", key);

    public static ConnectException SecretSyntax(string connector, string key, string placeholder) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' holds {placeholder}, which is not understood; write ${{file:/path/below/the/secrets.properties:NAME}}", key);

    public static ConnectException SecretOutside(string connector, string key, string path) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for the file {path}, which lies outside the folder of secrets", key);

    public static ConnectException SecretFile(string connector, string key, string file, string problem) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for a secret of {file}, which {problem}", key);

    public static ConnectException SecretName(string connector, string key, string file, string name, IEnumerable<string> known) => new(
        ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for {name}, which {file} lacks; it has {(known.Any() ? string.Join(", ", known.Order()) : "no entry")}", key);

    public static ConnectException ClientIdTaken(string connector, BrokerSession session, string other) => new(ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': its client id is '{session.ClientId}', as that of connector '{other}' at {session.Broker}; give it another '{ConnectorKeys.ClientId}'",
        ConnectorKeys.ClientId);

    public static InvalidOperationException Paused(string connector) => new($"connector '{connector}' is paused");

    public static string WrongCredentials(MqttEndpoint broker) => $"{broker} refuses user '{broker.User}': wrong user or password";

    public static string UnknownKey(string key, string nearest) => $"the key '{key}' is unknown and has no effect; did you mean '{nearest}'?";

    public static string IgnoredKeys(IEnumerable<string> keys) => $"not needed here and without effect: {string.Join(", ", keys)}";

    public static string FirstServerOnly(int count) => $"{ConnectorKeys.ServerUri} names {count} brokers; the first one is used";

    public static string LowQos(int qos) => $"{ConnectorKeys.Qos}={qos}: what is published while the connector is away is not kept for it";

    public static string MessageTooLarge(long bytes, long most) =>
        $"the message has {bytes} bytes, more than the {most} that are taken ('{ConnectorKeys.MaxMessageBytes}'); its first {DeadLetter.HeadBytes} are kept";

    public static string MessagesWait(string problem) => $"messages can't be stored, and wait: {problem}";

    public static string TakenOver(string? problem, string connector) => $"{problem}; RESTART CONNECTOR {QuotedName(connector)} tries it at once";

    public static string CopiedFolder(string clientId, string formerClientId) =>
        $"this data folder was copied or moved here, so the client id is '{clientId}' and no longer '{formerClientId}', which belongs to the folder that it came from. "
        + "For a copy that is right. If the folder was moved, and nothing runs on the old one any more, start once with --moved to get what brokers keep for the old id";

    public static string FormerBroker(BrokerSession session, string former) =>
        $"{former} may still keep the session '{session.ClientId}' of an earlier configuration; it goes when it expires";

    public static string SessionStays(BrokerSession session, string problem) =>
        $"{session.Broker} could not be told to end the session '{session.ClientId}' ({problem}); what it keeps for it goes when it expires, or to a connector of the same name";

    public static string SessionStays(string problem) =>
        $"the broker could not be told to end the session ({problem}); what it keeps for it goes when it expires, or to a connector of the same name";

    public static IOException NotStored(string topic, LogException error) => new(
        $"topic '{topic}' can't be written: {(error.Kind == LogErrorKind.DiskFull ? "the disk is full" : "the log fails, its own computer says why")}", error);

    public static string TopicFailed(string topic, string problem) => $"topic '{topic}' could not be written: {problem}";

    // As SQL writes a name that has small letters or signs.
    private static string QuotedName(string connector) => $"`{connector.Replace("`", "``", StringComparison.Ordinal)}`";
}
