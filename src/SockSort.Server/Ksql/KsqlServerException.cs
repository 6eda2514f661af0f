namespace SockSort.Server.Ksql;

/// <summary>The server cannot be started as it was asked to; the message says why and what to do.</summary>
public sealed class KsqlServerException(string message, Exception? cause = null) : Exception(message, cause);
