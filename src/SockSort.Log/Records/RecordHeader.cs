namespace SockSort.Log;

/// <summary>A named value beside a record's key and value; names may repeat.</summary>
/// <param name="Value">Any bytes, or null.</param>
public readonly record struct RecordHeader(string Name, ReadOnlyMemory<byte>? Value);
