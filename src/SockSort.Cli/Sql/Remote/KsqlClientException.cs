namespace SockSort.Cli.Sql.Remote;

/// <summary>A server that cannot be reached, or what it says is wrong.</summary>
internal sealed class KsqlClientException(string message, Exception? cause = null) : Exception(message, cause);
