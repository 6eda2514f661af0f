namespace SockSort.Sql.Topics;

/// <summary>Topics cannot be written or read; the message says why and what to do.</summary>
/// <param name="message">Names the file or topic.</param>
/// <param name="cause">What the storage said; null where that is known already.</param>
/// <param name="isRequest">The request is wrong (a name that no topic may have), not the storage.</param>
public sealed class TopicsException(string message, Exception? cause = null, bool isRequest = false) : Exception(message, cause)
{
    /// <summary>Trying again does not help: the request itself is wrong.</summary>
    public bool IsRequest { get; } = isRequest;
}
