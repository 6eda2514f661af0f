using SockSort.Connect;
using SockSort.Host.Listening.Access;
using SockSort.Log;
using SockSort.Sql;

namespace SockSort.Server.Connectors;

/// <summary>The errors of Kafka Connect's REST API. Where Connect (version 4.1) has a message of its own, it is used.</summary>
internal static class ConnectRestErrors
{
    /// <summary>Returns the text for a path, a method or a body that the server does not accept.</summary>
    public static string Plain(int status) => status switch
    {
        404 => "HTTP 404 Not Found",
        405 => "HTTP 405 Method Not Allowed",
        _ => $"HTTP {status}",
    };

    public static ConnectRestException NotFound(string connector) => new(404, $"Connector {connector} not found");

    public static ConnectRestException UnknownConnector(string connector) => new(404, $"Unknown connector {connector}");

    public static ConnectRestException UnknownForRestart(string connector) => new(404, $"Unknown connector: {connector}");

    public static ConnectRestException NoStatus(string connector) => new(404, $"No status found for connector {connector}");

    public static ConnectRestException NoTaskStatus(string connector, int task) =>
        new(404, $"No status found for task {connector}-{task}");

    public static ConnectRestException UnknownTask(string connector, int task) => new(404, $"Unknown task: {connector}-{task}");

    public static ConnectRestException Exists(string connector) => new(409, $"Connector {connector} already exists");

    public static ConnectRestException OtherName(string configured, string connector) => new(
        400, $"Connector name configuration ({configured}) doesn't match connector name in the URL ({connector})");

    public static ConnectRestException NoType(string connector) =>
        new(400, $"Connector config of '{connector}' contains no connector type: name its class by 'connector.class'");

    public static ConnectRestException NoClass(string asked, IEnumerable<string> known) => new(
        400,
        $"Failed to find any class that implements Connector and which name matches {asked}, available connectors are: "
            + string.Join(", ", known));

    public static ConnectRestException UnknownPlugin(string plugin) => new(404, $"Unknown plugin {plugin}.");

    public static ConnectRestException OtherPlugin(string configured, string asked) =>
        new(400, $"Included connector type {configured} does not match request type {asked}");

    public static ConnectRestException Invalid(IReadOnlyCollection<string> errors) => new(
        400,
        $"Connector configuration is invalid and contains the following {errors.Count} error(s):\n{string.Join('\n', errors)}\n"
            + "You can also find the above list of errors at the endpoint `/connector-plugins/{connectorType}/config/validate`");

    public static string Missing(string key) => $"Missing required configuration \"{key}\" which has no default value.";

    public static ConnectRestException Body(string problem) => new(400, $"the body can't be used: {problem}");

    public static ConnectRestException TooLarge(long most) => new(413, $"the body is larger than {most} bytes");

    public static ConnectRestException InitialState(string asked) =>
        new(400, $"'{asked}' is no initial state; use RUNNING, PAUSED or STOPPED");

    public static ConnectRestException NoOffsetsGiven() =>
        new(400, "Partitions / offsets need to be provided for an alter offsets request");

    public static ConnectRestException PartitionKeys() =>
        new(400, "The partition for a sink connector offset must contain the keys 'kafka_topic' and 'kafka_partition'");

    public static ConnectRestException PartitionValue(string value) => new(
        400,
        $"Failed to parse the following Kafka partition value in the provided offsets: '{value}'. Partition values for sink connectors "
            + "need to be integers.");

    public static ConnectRestException OffsetKey() =>
        new(400, "The offset for a sink connector should either be null or contain the key 'kafka_offset'");

    public static ConnectRestException OffsetValue(string value) => new(
        400,
        $"Failed to parse the following Kafka offset value in the provided offsets: '{value}'. Offset values for sink connectors need to "
            + "be integers.");

    public static ConnectRestException NoLogger(string name) => new(404, $"Logger {name} not found.");

    public static ConnectRestException NoLevel() => new(400, "Desired 'level' parameter was not specified in request.");

    public static ConnectRestException Level(string level) => new(404, $"invalid log level '{level}'.");

    public static ConnectRestException ReadOnly() =>
        new(403, "the server is read only: connectors come from its queries file and its configuration");

    public static ConnectRestException ForeignPage(string origin) =>
        new(403, $"a page of {origin} may not ask this server; put a proxy of that site in front of it");

    /// <summary>Makes the error for a client without the right password: 401, or 429 after too many wrong ones.</summary>
    public static ConnectRestException Refused(Refusal refusal) => new(refusal.Status, refusal.Text);

    public static ConnectRestException Stopping() => new(503, "the server is stopping");

    /// <summary>Makes the response for a connector error, whose text holds no secrets.</summary>
    public static ConnectRestException Of(ConnectException error) => new(error.Kind switch
    {
        ConnectErrorKind.NotFound => 404,
        ConnectErrorKind.NameTaken => 409,
        ConnectErrorKind.Storage => 500,
        _ => 400,
    }, error.Message);

    public static ConnectRestException Of(SqlException error) => new(400, error.Problem);

    public static ConnectRestException Of(LogException error) => new(error.IsRequest ? 400 : 500, error.Message);

    public static ConnectRestException Unexpected(Exception error) =>
        new(500, $"unexpected error, please report it ({error.GetType().Name})");
}
