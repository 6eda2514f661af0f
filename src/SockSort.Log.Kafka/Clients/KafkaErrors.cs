using Confluent.Kafka;
using SockSort.Log.Kafka.Addresses;

namespace SockSort.Log.Kafka.Clients;

/// <summary>Builds the errors of a log on Kafka: what is wrong, where, and what to do.</summary>
/// <param name="address">Named in each message.</param>
/// <param name="news">Says why a call had no time left.</param>
internal sealed class KafkaErrors(KafkaAddress address, BrokerNews news)
{
    /// <summary>Turns an error of the client library into one of the log.</summary>
    /// <param name="doing">What failed: <c>creating topic 'socks'</c>.</param>
    public LogException Of(string doing, Error error, Exception? cause = null)
    {
        if (IsNoAnswer(error.Code) && news.Latest is { } reason && !IsTime(reason.Code))
            error = reason;
        return error.Code switch
        {
            ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed => Login(error, cause),
            ErrorCode.Local_Ssl => new(LogErrorKind.Denied, Text(error, Tls), cause),
            ErrorCode.Local_Resolve => new(LogErrorKind.Unreachable, Text(error, "check the host's name in the address"), cause),
            ErrorCode.TopicAuthorizationFailed or ErrorCode.GroupAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed
                or ErrorCode.TransactionalIdAuthorizationFailed =>
                new(LogErrorKind.Denied, $"{address}: {doing} is not allowed ({error.Reason}); give this user the right by an ACL", cause),
            ErrorCode.ProducerFenced or ErrorCode.Local_Fenced or ErrorCode.InvalidProducerEpoch => Fenced(cause),
            _ when IsNoAnswer(error.Code) => new(LogErrorKind.Unreachable, Text(error, Reach), cause),
            _ => new(LogErrorKind.Storage, $"{address}: {doing} failed ({error.Reason})", cause),
        };
    }

    /// <summary>Does a call of the client library, and turns its errors into the log's.</summary>
    public T Try<T>(string doing, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (KafkaException error)
        {
            throw Of(doing, error.Error, error);
        }
    }

    /// <inheritdoc cref="Try{T}(string, Func{T})"/>
    public async Task<T> TryAsync<T>(string doing, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (KafkaException error)
        {
            throw Of(doing, error.Error, error);
        }
    }

    public LogException Fenced(Exception? cause = null) => new(LogErrorKind.InUse,
        $"{address}: another process has taken over the queries of this log; one process at a time runs them, so end one of the two",
        cause);

    public LogException NoAnswer(string doing) => Of(doing, new Error(ErrorCode.Local_TimedOut, "no answer in time"));

    public LogException RecordTooLarge(string topic, long lengthBytes, long most) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}': a record of {lengthBytes} bytes is too large, the limit is {most}; {LargerRecords}");

    /// <summary>What to do for larger records.</summary>
    public const string LargerRecords =
        "raise message.max.bytes of the brokers, or max.message.bytes of the topic and add message.max.bytes=N to the address";

    public LogException RefusedAsTooLarge(string topic, long lengthBytes) => new(LogErrorKind.WrongRequest,
        $"topic '{topic}': Kafka refuses a record of {lengthBytes} bytes; raise max.message.bytes of the topic");

    public LogException TopicGone(string topic, Exception? cause = null) => new(LogErrorKind.NotFound,
        $"{address}: topic '{topic}' has been deleted meanwhile; make it again, with as many partitions as it had, or append once more to "
        + "have it made with one", cause);

    public LogException OtherCluster() => new(LogErrorKind.Storage,
        $"{address} is another cluster than at the start, which a broker is that begins with an empty disk: topics, offsets and state are "
        + "gone; bring back its disk, or end SockSort and start it again to begin anew");

    public LogException Closed() => new(LogErrorKind.WrongRequest, $"the log at {address} is closed");

    private static bool IsTime(ErrorCode code) => code is ErrorCode.Local_TimedOut or ErrorCode.Local_MsgTimedOut;

    private static bool IsNoAnswer(ErrorCode code) => IsTime(code) || code is ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown
        or ErrorCode.Local_WaitCoord or ErrorCode.RequestTimedOut or ErrorCode.GroupCoordinatorNotAvailable
        or ErrorCode.NotCoordinatorForGroup or ErrorCode.GroupLoadInProgress or ErrorCode.Local_TimedOutQueue
        or ErrorCode.Local_Resolve or ErrorCode.NetworkException;

    private const string Reach = "check the address, and whether the broker runs and its advertised.listeners can be reached from here";

    private const string Tls = "check security.protocol, the listener's port and ssl.ca.location";

    private LogException Login(Error error, Exception? cause)
    {
        var place = address.PropertiesFile ?? "a file named by ?properties=FILE";
        return new(LogErrorKind.Denied, Text(error, $"check sasl.mechanism, sasl.username and sasl.password in {place}"), cause);
    }

    private string Text(Error error, string hint) => $"{address} can't be used ({Reason(error)}); {hint}";

    /// <summary>The library's words without the name of its thread and the time that it took.</summary>
    private static string Reason(Error error)
    {
        var text = error.Reason;
        var time = text.IndexOf(" (after ", StringComparison.Ordinal);
        return (time < 0 ? text : text[..time]).TrimEnd();
    }
}
