namespace SockSort.Server.Endpoint;

/// <summary>The endpoint cannot be served. The message names the address and what to do.</summary>
public sealed class EndpointException : Exception
{
    internal EndpointException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
