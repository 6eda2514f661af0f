using System.Buffers;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine;

namespace SockSort.Server.Ksql.Rows;

/// <summary>How rows look in an answer.</summary>
internal interface IRowsWriter
{
    string ContentType { get; }

    /// <param name="queryId">Null for a pull query.</param>
    void Start(IBufferWriter<byte> into, string? queryId, IReadOnlyList<SourceColumn> columns);

    void Row(IBufferWriter<byte> into, PushedRow row);

    /// <summary>The query ended before its client did.</summary>
    void Failed(IBufferWriter<byte> into, string reason);

    /// <param name="message">Why a push query that did not fail has ended; null for others.</param>
    void End(IBufferWriter<byte> into, string? message);
}
