using SockSort.Log;
using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Scheduling;

/// <summary>A part of a batch that a reading goes through.</summary>
/// <param name="Records">The records of the batch.</param>
/// <param name="Rows">For each query that reads them, what has been read ahead; null for nothing.</param>
/// <param name="From">The first record's place in the batch.</param>
/// <param name="To">The place behind the last one, beyond <paramref name="From"/>.</param>
internal readonly record struct RecordRun(List<LogRecord> Records, PreparedRows[]? Rows, int From, int To);
