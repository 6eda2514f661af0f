using System.Buffers;
using SockSort.Sql.Engine.Clients;

namespace SockSort.Server.Ksql.Rows;

/// <summary>How rows look in an answer.</summary>
internal interface IRowsWriter
{
    string ContentType { get; }

    /// <summary>What goes out while a push query has no rows, once a second; empty for nothing.</summary>
    ReadOnlySpan<byte> Idle { get; }

    void Start(IBufferWriter<byte> into, RowsHeader header);

    void Row(IBufferWriter<byte> into, PushedRow row);

    /// <summary>The query ended before its client did.</summary>
    void Failed(IBufferWriter<byte> into, string reason);

    /// <param name="message">Why a query that did not fail has ended; null for a pull query of a table.</param>
    void End(IBufferWriter<byte> into, string? message);
}
