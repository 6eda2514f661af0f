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

    public static InvalidOperationException Paused(string connector) => new($"connector '{connector}' is paused");

    public static string WrongCredentials(MqttEndpoint broker) => $"{broker} refuses user '{broker.User}': wrong user or password";

    public static string UnknownKey(string key, string nearest) => $"the key '{key}' is unknown and has no effect; did you mean '{nearest}'?";

    public static string IgnoredKeys(IEnumerable<string> keys) => $"not needed here and without effect: {string.Join(", ", keys)}";

    public static string FirstServerOnly(int count) => $"{ConnectorKeys.ServerUri} names {count} brokers; the first one is used";

    public static string LowQos(int qos) => $"{ConnectorKeys.Qos}={qos}: what is published while the connector is away is not kept for it";

    public static string TopicFailed(string topic, string problem) => $"topic '{topic}' could not be written: {problem}";
}
