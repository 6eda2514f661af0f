using SockSort.Connect.Configuration;

namespace SockSort.Connect;

/// <summary>
/// The texts of every error and note of this project. A value is shown only where it was written in the configuration itself.
/// </summary>
internal static class ConnectErrors
{
    public static ConnectException Missing(string connector, string key, string example) => new(ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': the key '{key}' is missing, for example '{key}'='{example}'", key);

    public static ConnectException Value(string connector, string key, string problem) => new(ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': the value of '{key}' {problem}", key);

    public static ConnectException UnknownClass(string connector, string className, IEnumerable<string> known) =>
        new(ConnectErrorKind.WrongConfiguration,
            $"connector '{connector}': there is no connector class '{className}'; known: {string.Join(", ", known)}", CommonKeys.Class);

    public static ConnectException WrongKind(string connector, string className, string kind, string asked) =>
        new(ConnectErrorKind.WrongConfiguration,
            $"connector '{connector}': {className} is a {kind}, no {asked}; write CREATE {kind.ToUpperInvariant()} CONNECTOR",
            CommonKeys.Class);

    public static ConnectException NameTaken(string connector) => new(ConnectErrorKind.NameTaken,
        $"connector '{connector}' exists; drop it first, or choose another name");

    public static ConnectException NotFound(string connector, IEnumerable<string> known) => new(ConnectErrorKind.NotFound,
        $"there is no connector '{connector}'; connectors here: {(known.Any() ? string.Join(", ", known) : "none")}");

    public static ConnectException NotStopped(string connector) => new(ConnectErrorKind.NotStopped,
        "Connectors must be in the STOPPED state before their offsets can be modified. This can be done for the specified connector by "
            + $"issuing a 'PUT' request to the '/connectors/{connector}/stop' endpoint");

    public static ConnectException NoOffsets(string connector, string className) => new(ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': {className} keeps no offsets that could be altered: what has not been carried yet waits at its broker");

    public static ConnectException NoSuchPartition(string connector, string topic, int partition) => new(
        ConnectErrorKind.WrongConfiguration,
        $"connector '{connector}': topic '{topic}' has no partition {partition}, or is none of the connector's topics");

    public static ConnectException SecretsUnset(string connector, string key) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for a secret of a file, and no folder of secrets is given; name it with --secrets DIR",
        key);

    public static ConnectException SecretSyntax(string connector, string key, string placeholder) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' holds {placeholder}, which is not understood; write "
            + "${file:/path/below/the/secrets.properties:NAME} or ${env:NAME}",
        key);

    public static ConnectException SecretVariable(string connector, string key, string name) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for the environment variable {name}, which is not set", key);

    public static ConnectException SecretVariableNotAllowed(string connector, string key, string name) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for the environment variable {name}; connectors may read those that begin with CONNECT_ "
            + "or MQTT_",
        key);

    public static ConnectException SecretOutside(string connector, string key, string path) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for the file {path}, which lies outside the folder of secrets", key);

    public static ConnectException SecretFile(string connector, string key, string file, string problem) => new(ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for a secret of {file}, which {problem}", key);

    public static ConnectException SecretName(string connector, string key, string file, string name, IEnumerable<string> known) => new(
        ConnectErrorKind.Secret,
        $"connector '{connector}': '{key}' asks for {name}, which {file} lacks; it has "
            + $"{(known.Any() ? string.Join(", ", known.Order()) : "no entry")}",
        key);

    public static string UnknownKey(string key, string nearest) =>
        $"the key '{key}' is unknown and has no effect; did you mean '{nearest}'?";

    public static string IgnoredKeys(IEnumerable<string> keys) => $"not needed here and without effect: {string.Join(", ", keys)}";

    public static string KeptStays(string problem) =>
        $"the broker could not be told to end the session ({problem}); what it keeps for it goes when it expires, or to a "
            + "connector of the same name";
}
