using SockSort.Log;
using SockSort.Sql.Engine.Execution;

namespace SockSort.Sql.Engine.Scheduling.Ahead;

/// <summary>Records of a partition that follow each other, with the rows that queries will need of them.</summary>
/// <param name="records">The records' memory.</param>
/// <param name="queries">The number of queries at the place.</param>
internal sealed class PreparedBatch(RecordBatch records, int queries)
{
    public RecordBatch Batch => records;

    public List<LogRecord> Records => records.Records;

    /// <summary>For each query its rows; none of records that were not read ahead.</summary>
    public PreparedRows[] Rows { get; } = [.. Enumerable.Range(0, queries).Select(_ => new PreparedRows())];

    /// <summary>The offset behind the last record.</summary>
    public long End => Records[^1].Offset + 1;
}
