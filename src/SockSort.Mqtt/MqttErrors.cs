using System.Net;
using System.Net.Sockets;
using MQTTnet;

namespace SockSort.Mqtt;

/// <summary>The wording of every error of this room.</summary>
internal static class MqttErrors
{
    private const int MostReason = 200;

    public static MqttException Address(string problem) => new(MqttErrorKind.WrongRequest,
        $"the broker's address {problem}; write it as mqtt://host:1883, or mqtts://host:8883 for TLS");

    public static MqttException Filter(string filter) => new(MqttErrorKind.WrongRequest,
        $"topic filter '{filter}' is not allowed: '#' may only be its last level, and '+' must be a whole level");

    public static MqttException Topic(string topic, string problem) => new(MqttErrorKind.WrongRequest,
        $"topic '{topic}' can't be published to: {problem}");

    public static MqttException PortTaken(IPAddress address, int port, Exception error) =>
        new(MqttErrorKind.PortTaken, IPAddress.IsLoopback(address)
            ? $"port {port} can't be listened on ({error.Message}); choose another one, or 0 for a free one"
            : $"port {port} of {address} can't be listened on ({error.Message}); choose another one, or an address of this machine", error);

    public static MqttException UsersFile(string path, Exception error) => new(MqttErrorKind.WrongRequest,
        $"{path}: the broker's users can't be read ({error.Message}); 'socksort mqtt-passwd {path} NAME' makes the file", error);

    public static MqttException UsersLine(string path, int line) => new(MqttErrorKind.WrongRequest,
        $"{path}:{line}: is no line of a password file, expected USER:$7$ITERATIONS$SALT$HASH; 'socksort mqtt-passwd {path} NAME' or "
            + "mosquitto_passwd writes one");

    public static MqttException NoUsers(string path) => new(MqttErrorKind.WrongRequest,
        $"{path}: holds no user; 'socksort mqtt-passwd {path} NAME' adds one");

    public static MqttException RightsFile(string path, Exception error) => new(MqttErrorKind.WrongRequest,
        $"{path}: the rights to topics can't be read ({error.Message}); name a file as Mosquitto's acl_file", error);

    public static MqttException RightsLine(string path, int line, string problem) => new(MqttErrorKind.WrongRequest,
        $"{path}:{line}: {problem}, expected 'user NAME', 'topic [read|write|readwrite|deny] FILTER' or "
            + "'pattern [read|write|readwrite|deny] FILTER' with %u for the user and %c for the client id");

    public static MqttException UserName(string user) => new(MqttErrorKind.WrongRequest,
        $"'{user}' can't be a user of the broker: a name has at least one character, and no ':' or control character");

    public static MqttException Buffer(string folder, Exception error) => new(MqttErrorKind.WrongRequest,
        $"the buffer in {folder} can't be used ({error.Message}); is another program at work with it, may it be written?", error);

    public static MqttException BrokerState(string path, Exception error) => new(MqttErrorKind.WrongRequest,
        $"{path}: the broker's sessions and retained messages can't be read ({error.Message}); "
            + "may this user read the file, and write the folder?", error);

    public static MqttException EmptyPassword(string user) => new(MqttErrorKind.WrongRequest, $"the password of user '{user}' is empty");

    /// <summary>An attempt that failed before the greeting, or that the broker has answered.</summary>
    public static MqttException NotConnected(MqttEndpoint endpoint, ConnectFailure failure) => failure.End switch
    {
        ConnectEnd.Untrusted => new(MqttErrorKind.Unreachable,
            $"the certificate of the broker at {endpoint} is not trusted: {failure.Problem}", failure.Error),
        ConnectEnd.WrongVersion => new(MqttErrorKind.Refused,
            $"{endpoint} does not speak MQTT {failure.Version.Text()}: {CodeOf(failure)}; {VersionAdvice(endpoint)}", failure.Error)
        { ReasonCode = failure.Code },
        ConnectEnd.Refused => Refused(endpoint, failure),
        _ => new(MqttErrorKind.Unreachable, NoBroker(endpoint, NetworkProblem(endpoint, failure.Error!)), failure.Error),
    };

    /// <summary>An attempt that met something, which did not greet as a broker does.</summary>
    public static MqttException NoBroker(MqttEndpoint endpoint, ConnectFailure failure, Peer peer)
    {
        var problem = peer.Kind switch
        {
            PeerKind.PlainBroker =>
                "the broker there speaks without TLS; write mqtt:// in place of mqtts://, or use its port for TLS, often 8883",
            PeerKind.Tls when !endpoint.Tls =>
                "TLS is spoken there; write mqtts:// in place of mqtt://, or use the broker's port without TLS, often 1883",
            PeerKind.Web => "a web server is there (HTTP); use the broker's port for plain MQTT, often 1883, or 8883 for TLS: "
                + "MQTT over WebSockets is not spoken here",
            PeerKind.Other => $"another server is there, which says '{peer.Says}'; look at host and port",
            PeerKind.Absent => "no connection can be made any more; is the broker running, is the port right?",
            PeerKind.Broker when failure.End == ConnectEnd.Closed =>
                "the broker closes the connection of this client without a reason; its log may tell one: "
                + "user, client id or last will not allowed, too many clients",
            _ => Unexplained(endpoint, failure),
        };
        return new(MqttErrorKind.Unreachable, NoBroker(endpoint, problem), failure.Error) { End = failure.End };
    }

    public static MqttException Silent(MqttEndpoint endpoint, TimeSpan after) => new(MqttErrorKind.Unreachable,
        $"the broker at {endpoint} has not acknowledged a message within {after.TotalSeconds:0} s");

    /// <summary>The end of a connection that the broker had accepted.</summary>
    public static MqttException Lost(MqttEndpoint endpoint, MqttClientDisconnectedEventArgs gone)
    {
        // Without a DISCONNECT of the broker, which is all that MQTT 3 knows, the library tells one of these.
        var isUntold = gone.Reason is MqttClientDisconnectReason.NormalDisconnection or MqttClientDisconnectReason.UnspecifiedError;
        if (isUntold && gone.ReasonString is null)
        {
            var problem = gone.Exception is null ? "the broker has closed it" : Innermost(gone.Exception);
            return new(MqttErrorKind.Unreachable, $"the connection to {endpoint} was lost: {problem}");
        }
        var reason = WithReason(NameOf(gone.Reason), gone.ReasonString);
        var isTakenOver = gone.Reason == MqttClientDisconnectReason.SessionTakenOver;
        var advice = isTakenOver ? "; another client connected with the same client id: give each client an id of its own" : "";
        return new(KindOf(gone.Reason), $"{endpoint} has closed the connection: {reason}{advice}") { ReasonCode = (int)gone.Reason };
    }

    /// <summary>A connection that was closed for a message; a broker of MQTT 3 has no other way to refuse one.</summary>
    public static MqttException ClosedOnMessage(MqttEndpoint endpoint, string topic, MqttException lost)
    {
        var text = lost.ReasonCode is null
            ? $"{endpoint} closes each connection after a message to '{topic}', and acknowledges none: "
                + "this user may not be allowed to publish there, or the broker can't store it"
            : $"{lost.Message}, after a message to '{topic}': this user may not publish there";
        return new(MqttErrorKind.Refused, text, lost) { ReasonCode = lost.ReasonCode };
    }

    public static MqttException SubscriptionRefused(MqttEndpoint endpoint, string filter, MqttClientSubscribeResultCode code) =>
        new(MqttErrorKind.Refused, $"{endpoint} refuses the subscription to '{filter}': {NameOf(code)}") { ReasonCode = (int)code };

    public static MqttException TooLarge(string topic, long packetBytes, long limit) => new(MqttErrorKind.Refused,
        $"a message to '{topic}' was not sent: its packet has {packetBytes} bytes, and the broker takes {limit} at most");

    public static MqttException NotPublished(Exception cause) =>
        new(MqttErrorKind.Unreachable, $"the message could not be sent: {cause.Message}", cause);

    public static MqttException NotStored(string topic) => new(MqttErrorKind.Refused, $"nothing stores topic '{topic}' at the moment");

    public static MqttException Rejected(string topic, MqttClientPublishResult result) => new(MqttErrorKind.Refused,
        $"the broker has refused a message to '{topic}': "
        + WithReason(NameOf(result.ReasonCode), result.ReasonString) + PublishAdvice(result.ReasonCode))
    { ReasonCode = (int)result.ReasonCode };

    public static MqttException WillRefused(string topic, MqttException refusal) => new(MqttErrorKind.Refused,
        $"the broker lets this client in only without its last will to '{topic}': "
        + $"nothing will tell there that it was cut off ({refusal.Message})", refusal)
    { ReasonCode = refusal.ReasonCode };

    public static MqttException Malformed(string packet, string problem) => new(MqttErrorKind.Unreachable,
        $"the broker has sent a malformed {packet}: {problem}");

    public static MqttException CutOff(string packet) => new(MqttErrorKind.Unreachable,
        $"the broker has closed it in the middle of a {packet}");

    public static MqttException NoAnswer(TimeSpan silence) => new(MqttErrorKind.Unreachable,
        $"the broker has not answered for {silence.TotalSeconds:0.#} s");

    public static MqttException SubscriptionUnanswered(MqttEndpoint endpoint, TimeSpan patience) => new(MqttErrorKind.Unreachable,
        $"{endpoint} has not answered the subscription within {patience.TotalSeconds:0} s");

    public static MqttException ClosedAtSubscription(MqttEndpoint endpoint, IEnumerable<string> filters, MqttException lost) =>
        new(lost.Kind,
            $"{lost.Message}, when it was asked for the subscription to '{string.Join("', '", filters)}'; is {User(endpoint)} "
                + "allowed to subscribe to it?",
            lost)
        { ReasonCode = lost.ReasonCode };

    public static MqttException LesserQos(MqttEndpoint endpoint, string filter, int granted, int asked) => new(MqttErrorKind.Refused,
        $"{endpoint} grants the subscription to '{filter}' for QoS {granted} only, not for {asked}: "
        + (granted == 0 ? "it may lose messages, and keeps none while this client is away" : "it may send a message twice"));

    public static MqttException TakenOver(MqttEndpoint endpoint, string clientId) => new(MqttErrorKind.TakenOver,
        $"{endpoint} has given the session of client id '{clientId}' to another program that uses the same id, for example with a "
            + "copy of this data folder; "
        + "stop that one, or give it an id of its own, then restart this one");

    public static MqttException ProbablyTakenOver(MqttEndpoint endpoint, string clientId, int times, TimeSpan pause) =>
        new(MqttErrorKind.TakenOver,
            $"{endpoint} has accepted and closed the connection {times} times in a row without a reason: another program seems to use the "
                + $"same client id '{clientId}', "
            + "for example with a copy of this data folder; stop that one, or give it an id of its own; the next try is in about "
            + $"{pause.TotalMinutes:0} min, or at a restart");

    private static MqttException Refused(MqttEndpoint endpoint, ConnectFailure failure)
    {
        var code = failure.Result?.ResultCode;
        return code is MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized
            ? new(MqttErrorKind.WrongCredentials, $"{endpoint} refuses {User(endpoint)}: wrong user or password")
            {
                ReasonCode = failure.Code,
            }
            : new(MqttErrorKind.Refused,
                $"{endpoint} refuses the connection: {WithReason(CodeOf(failure), failure.Result?.ReasonString)}{ConnectAdvice(code)}")
            { ReasonCode = failure.Code };
    }

    private static string NoBroker(MqttEndpoint endpoint, string problem) => $"no MQTT broker answers at {endpoint}: {problem}";

    private static string NetworkProblem(MqttEndpoint endpoint, Exception error) =>
        (error.GetBaseException() as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => $"nothing listens on port {endpoint.Port}; start the broker, or correct the address",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
                $"the name '{endpoint.Host}' is not known; correct it, or look at this machine's name service",
            SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown
                or SocketError.TimedOut =>
                $"the machine can't be reached ({error.GetBaseException().Message}); look at the network, the address and firewalls",
            null when IsOfTime(error) => "the machine does not answer in time; look at the network, the address and firewalls",
            _ => Innermost(error),
        };

    private static string Unexplained(MqttEndpoint endpoint, ConnectFailure failure) => failure.End switch
    {
        ConnectEnd.NoTls when IsOfTime(failure.Error!) => "TLS does not come about in time; is this the broker's port for TLS?",
        ConnectEnd.NoTls => $"TLS does not come about ({Innermost(failure.Error!)}); is this the broker's port for TLS?",
        ConnectEnd.Silent => "the connection is taken, and the MQTT greeting is not answered in time; is this the broker's port?",
        ConnectEnd.NotMqtt => "what answers there does not speak MQTT; look at host and port",
        _ when endpoint.Tls =>
            "the connection is closed before the MQTT greeting is answered; is the broker starting, does it ask its "
                + "clients for certificates?",
        _ => "the connection is closed before the MQTT greeting is answered; is the broker starting, is this its port?",
    };

    private static string CodeOf(ConnectFailure failure) => failure switch
    {
        { Result.ResultCode: var code } when (int)code >= 0x80 && failure.Code >= 0x80 => NameOf(code),
        // Of MQTT 3, where the library knows the name that MQTT 5 gives it.
        { Result.ResultCode: var code } when (int)code >= 0x80 => $"{code} ({failure.Code})",
        { Code: >= 0x80 } => $"code 0x{failure.Code:X2}",
        { Code: > 0 } => $"code {failure.Code}",
        _ => "it answers as a broker of MQTT 3 does",
    };

    private static string VersionAdvice(MqttEndpoint endpoint) => endpoint.Version is null
        ? "nor another version that is spoken here (5, 3.1.1, 3.1)"
        : "choose another version, or 'auto'";

    private static string ConnectAdvice(MqttClientConnectResultCode? code) => code switch
    {
        MqttClientConnectResultCode.ClientIdentifierNotValid => "; the broker does not allow this client id",
        MqttClientConnectResultCode.TopicNameInvalid => "; the broker does not allow the topic of the last will",
        MqttClientConnectResultCode.UseAnotherServer or MqttClientConnectResultCode.ServerMoved => "; the broker is elsewhere now",
        _ => "",
    };

    private static string PublishAdvice(MqttClientPublishReasonCode code) => code switch
    {
        MqttClientPublishReasonCode.NotAuthorized => "; this user may not publish there",
        MqttClientPublishReasonCode.TopicNameInvalid => "; the broker does not take this topic",
        MqttClientPublishReasonCode.QuotaExceeded => "; the broker has no room for more",
        _ => "",
    };

    // What the broker says of itself and what passes by waiting is no refusal.
    private static MqttErrorKind KindOf(MqttClientDisconnectReason reason) => reason switch
    {
        MqttClientDisconnectReason.SessionTakenOver => MqttErrorKind.TakenOver,
        MqttClientDisconnectReason.NormalDisconnection or MqttClientDisconnectReason.UnspecifiedError
            or MqttClientDisconnectReason.ServerBusy or MqttClientDisconnectReason.ServerShuttingDown
            or MqttClientDisconnectReason.KeepAliveTimeout or MqttClientDisconnectReason.MaximumConnectTime => MqttErrorKind.Unreachable,
        _ => MqttErrorKind.Refused,
    };

    // As the standard writes it: NotAuthorized (0x87).
    private static string NameOf(Enum code) => $"{code} (0x{Convert.ToInt32(code, provider: null):X2})";

    private static string WithReason(string name, string? reason) => string.IsNullOrWhiteSpace(reason) ? name : $"{name}, {Shown(reason)}";

    // A broker's text goes to a console: one line, of a length to read.
    private static string Shown(string text) => new([.. text.Where(character => !char.IsControl(character)).Take(MostReason)]);

    private static string User(MqttEndpoint endpoint) => endpoint.User is null ? "a connection without user" : $"user '{endpoint.User}'";

    private static bool IsOfTime(Exception error) => error.GetBaseException() is OperationCanceledException;

    private static string Innermost(Exception error) => IsOfTime(error) ? "no answer in time" : error.GetBaseException().Message;
}
