using SockSort.Shared;

namespace SockSort.Client.Rest;

/// <summary>A server that cannot be reached, or what it says is wrong.</summary>
public sealed class KsqlClientException(string message, Exception? cause = null) : ExpectedException(message, cause)
{
    public override string Code => "server";
}
