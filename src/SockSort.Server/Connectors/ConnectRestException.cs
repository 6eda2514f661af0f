using SockSort.Shared;

namespace SockSort.Server.Connectors;

/// <summary>An error that is answered with Kafka Connect's error entity.</summary>
/// <param name="status">The HTTP status, which is also Connect's <c>error_code</c>.</param>
/// <param name="message">What is wrong, for the client.</param>
internal sealed class ConnectRestException(int status, string message) : ExpectedException(message)
{
    public int Status { get; } = status;

    /// <inheritdoc/>
    public override string Code => $"connect-rest-{Status}";
}
