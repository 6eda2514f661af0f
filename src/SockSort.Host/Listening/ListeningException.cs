using SockSort.Shared;

namespace SockSort.Host.Listening;

/// <summary>A surface cannot be served as requested; the message says why and what to do.</summary>
public sealed class ListeningException : ExpectedException
{
    internal ListeningException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <inheritdoc/>
    public override string Code => "listening";
}
