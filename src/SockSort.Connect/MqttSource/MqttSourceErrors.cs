using SockSort.Connect.Configuration;
using SockSort.Connect.MqttSource.Sessions;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>The texts of the MQTT source's errors and notes.</summary>
internal static class MqttSourceErrors
{
    public static ConnectException ClientIdTaken(string connector, BrokerSession session, string other) =>
        new(ConnectErrorKind.WrongConfiguration,
            $"connector '{connector}': its client id is '{session.ClientId}', as that of connector '{other}' at {session.Place}; give it "
                + $"another '{MqttSourceKeys.ClientId}'",
            MqttSourceKeys.ClientId);

    public static InvalidOperationException Paused(string connector) => new($"connector '{connector}' is paused");

    public static string WrongCredentials(MqttEndpoint broker) => $"{broker} refuses user '{broker.User}': wrong user or password";

    public static string FirstServerOnly(int count) => $"{MqttSourceKeys.ServerUri} names {count} brokers; the first one is used";

    public static string LowQos(int qos) => $"{MqttSourceKeys.Qos}={qos}: what is published while the connector is away is not kept for it";

    public static string MessageTooLarge(long bytes, long most) =>
        $"the message has {bytes} bytes, more than the {most} that are taken ('{MqttSourceKeys.MaxMessageBytes}'); its first "
            + $"{DeadLetter.HeadBytes} are kept";

    public static string NotText() => $"the message is no text in UTF-8 ('{CommonKeys.ValueConverter}')";

    /// <param name="line">The line of the error, from 0, as is the byte in it.</param>
    public static string NotJson(long line, long column) =>
        $"the message is no JSON: line {line + 1}, byte {column + 1} ('{CommonKeys.ValueConverter}')";

    public static string NoKeyField(string field) =>
        $"the message has no field '{field}' for the record's key ('{MqttSourceKeys.KeyField}')";

    public static string MessagesWait(string problem) => $"messages can't be stored, and wait: {problem}";

    public static string TakenOver(string? problem, string connector) =>
        $"{problem}; RESTART CONNECTOR {QuotedName(connector)} tries it at once";

    public static string CopiedFolder(string clientId, string formerClientId) =>
        $"this data folder was copied or moved here, so the client id is '{clientId}' and no longer '{formerClientId}', which belongs to "
            + "the folder that it came from. "
        + "For a copy that is right. If the folder was moved, and nothing runs on the old one any more, start once with --moved to get "
        + "what brokers keep for the old id";

    public static string FormerBroker(BrokerSession session, string former) =>
        $"{former} may still keep the session '{session.ClientId}' of an earlier configuration; it goes when it expires";

    public static string SessionStays(BrokerSession session, string problem) =>
        $"{session.Place} could not be told to end the session '{session.ClientId}' ({problem}); what it keeps for it goes when it "
            + "expires, or to a connector of the same name";

    public static IOException NotStored(string topic, LogException error) => new(
        $"topic '{topic}' can't be written: "
            + $"{(error.Kind == LogErrorKind.DiskFull ? "the disk is full" : "the log fails, its own computer says why")}",
        error);

    public static string TopicFailed(string topic, string problem) => $"topic '{topic}' could not be written: {problem}";

    // Quotes a name as SQL does for names with lower-case letters or special characters.
    private static string QuotedName(string connector) => $"`{connector.Replace("`", "``", StringComparison.Ordinal)}`";
}
