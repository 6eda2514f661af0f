using SockSort.Shared;

namespace SockSort.Client.Rest;

/// <summary>The server cannot be reached, or its answer is wrong or an error.</summary>
public sealed class KsqlClientException(string message, Exception? cause = null) : ExpectedException(message, cause)
{
    public override string Code => "server";

    /// <summary>The HTTP status of the server's answer; null where none came.</summary>
    public int? Status { get; init; }
}
