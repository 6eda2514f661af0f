using MQTTnet;

namespace SockSort.Mqtt;

/// <summary>The wording of every error of this room.</summary>
internal static class MqttErrors
{
    public static MqttException Address(string problem) => new(MqttErrorKind.WrongRequest,
        $"the broker's address {problem}; write it as mqtt://host:1883, or mqtts://host:8883 for TLS");

    public static MqttException Filter(string filter) => new(MqttErrorKind.WrongRequest,
        $"topic filter '{filter}' is not allowed: '#' may only be its last level, and '+' must be a whole level");

    public static MqttException Topic(string topic, string problem) => new(MqttErrorKind.WrongRequest,
        $"topic '{topic}' can't be published to: {problem}");

    public static MqttException PortTaken(int port, Exception error) => new(MqttErrorKind.PortTaken,
        $"port {port} can't be listened on ({error.Message}); choose another one, or 0 for a free one", error);

    public static MqttException Unreachable(MqttEndpoint endpoint, Exception error) => new(MqttErrorKind.Unreachable,
        $"no MQTT broker answers at {endpoint}: {Innermost(error)}", error);

    public static MqttException Untrusted(MqttEndpoint endpoint, string problem, Exception error) => new(MqttErrorKind.Unreachable,
        $"the certificate of the broker at {endpoint} is not trusted: {problem}", error);

    public static MqttException Silent(MqttEndpoint endpoint, TimeSpan after) => new(MqttErrorKind.Unreachable,
        $"the broker at {endpoint} has not acknowledged a message within {after.TotalSeconds:0} s");

    public static MqttException Lost(MqttEndpoint endpoint, string reason) => new(MqttErrorKind.Unreachable,
        $"the connection to {endpoint} was lost: {reason}");

    public static MqttException Refused(MqttEndpoint endpoint, MqttClientConnectResult result) =>
        result.ResultCode is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized
            ? new(MqttErrorKind.WrongCredentials, $"{endpoint} refuses {User(endpoint)}: wrong user or password")
            : new(MqttErrorKind.Refused, $"{endpoint} refuses the connection: {result.ResultCode} {result.ReasonString}".TrimEnd());

    public static MqttException SubscriptionRefused(MqttEndpoint endpoint, string filter, MqttClientSubscribeResultCode code) =>
        new(MqttErrorKind.Refused, $"{endpoint} refuses the subscription to '{filter}': {code}");

    public static MqttException TooLarge(string topic, long packetBytes, long limit) => new(MqttErrorKind.Refused,
        $"a message to '{topic}' was not sent: its packet has {packetBytes} bytes, and the broker takes {limit} at most");

    public static MqttException NotStored(string topic) => new(MqttErrorKind.Refused, $"nothing stores topic '{topic}' at the moment");

    public static MqttException Rejected(string topic, MqttClientPublishResult result) => new(MqttErrorKind.Refused,
        $"the broker has refused a message to '{topic}': {result.ReasonCode} {result.ReasonString}".TrimEnd());

    private static string User(MqttEndpoint endpoint) => endpoint.User is null ? "a connection without user" : $"user '{endpoint.User}'";

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
            error = inner;
        return error is OperationCanceledException ? "no answer in time" : error.Message;
    }
}
