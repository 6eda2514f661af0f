using SockSort.Shared;

namespace SockSort.Server.Connectors;

/// <summary>A request that cannot be answered as asked; becomes Kafka Connect's error entity.</summary>
/// <param name="status">Of HTTP, and Connect's <c>error_code</c>.</param>
/// <param name="message">What is wrong.</param>
internal sealed class ConnectRestException(int status, string message) : ExpectedException(message)
{
    public int Status { get; } = status;

    /// <inheritdoc/>
    public override string Code => $"connect-rest-{Status}";
}
