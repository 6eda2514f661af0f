using SockSort.Log;

namespace SockSort.Sql.Engine.Pull;

/// <summary>The newest record of a key.</summary>
/// <param name="Key">The whole key, with its window where the table has windows. Nobody may change it.</param>
internal sealed record KeptRow(byte[] Key, LogRecord Record);
