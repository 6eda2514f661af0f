using SockSort.Log;

namespace SockSort.Connect.HttpSink;

/// <summary>Records for one request.</summary>
/// <param name="Error">Why its only record can't be sent; null where it can.</param>
internal sealed record RequestGroup(string Url, List<LogRecord> Records, ConnectException? Error)
{
    public bool IsDelete => Records[0].Value is null;
}
