namespace SockSort.Sql.Values;

/// <summary>A record's key or value does not read as its source says; the record is skipped and counted.</summary>
public sealed class RecordException(string message, Exception? inner = null) : Exception(message, inner);
