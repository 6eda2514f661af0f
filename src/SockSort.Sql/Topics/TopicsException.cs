namespace SockSort.Sql.Topics;

/// <summary>Topics cannot be written at the moment; the message says why and what to do.</summary>
public sealed class TopicsException(string message, Exception cause) : Exception(message, cause);
