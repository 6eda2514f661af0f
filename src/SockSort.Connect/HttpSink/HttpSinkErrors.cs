using SockSort.Connect.Sinks;

namespace SockSort.Connect.HttpSink;

/// <summary>The texts of the HTTP sink's errors.</summary>
internal static class HttpSinkErrors
{
    public static ConnectException NoKey(string connector) => Storage(connector,
        $"'{HttpSinkKeys.Url}' has {RecordTexts.Key}, and the record has no key, or one that is no text");

    public static ConnectException NoValue(string connector) => Storage(connector,
        $"the record has no value; '{HttpSinkKeys.NullValues}' may be ignore or delete");

    public static ConnectException NotJson(string connector) => Storage(connector,
        $"the record's value is no JSON, and with '{HttpSinkKeys.BatchSize}' over 1 the body is a JSON array; "
            + $"set it to 1, or '{HttpSinkKeys.BatchPrefix}' to something else");

    /// <param name="request">The method and the address, without its query, which may hold a secret.</param>
    public static ConnectException Unreachable(string connector, string request, Exception error) => new(ConnectErrorKind.Storage,
        $"connector '{connector}': {request}: {ReasonOf(error)}", HttpSinkKeys.Url, error);

    public static ConnectException TimedOut(string connector, string request, int milliseconds) => Storage(connector,
        $"{request}: no answer within {milliseconds} ms ('{HttpSinkKeys.RequestTimeoutMs}')");

    /// <param name="beginning">The beginning of the answer's body; empty for none.</param>
    public static ConnectException Refused(
        string connector, string request, HttpResponseMessage answer, string beginning, TimeSpan? retryAfter)
    {
        var said = beginning.Length > 0 ? $": {beginning}" : "";
        return new ConnectException(ConnectErrorKind.Storage,
            $"connector '{connector}': {request}: the server answers {(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd() + said,
            HttpSinkKeys.Url)
        {
            RetryAfter = retryAfter,
        };
    }

    public static ConnectException Moved(string connector, string request, int status, Uri? to) => Storage(connector,
        $"{request}: the server answers {status} and sends on to {to?.ToString() ?? "nowhere"}, which is not followed; "
            + "give that address");

    private static ConnectException Storage(string connector, string problem) =>
        new(ConnectErrorKind.Storage, $"connector '{connector}': {problem}", HttpSinkKeys.Url);

    // The outer message of a connection error says no more than that there is one.
    private static string ReasonOf(Exception error) => error.InnerException?.Message ?? error.Message;
}
