using System.Buffers;
using SockSort.Sql.Engine.Clients;

namespace SockSort.Server.Ksql.Rows;

/// <summary>A format of the rows in an answer.</summary>
internal interface IRowsWriter
{
    string ContentType { get; }

    /// <summary>The keep-alive output that is sent every second while a push query has no rows; empty for none.</summary>
    ReadOnlySpan<byte> KeepAlive { get; }

    void Start(IBufferWriter<byte> into, RowsHeader header);

    void Row(IBufferWriter<byte> into, PushedRow row);

    /// <summary>Ends the answer because the query has failed.</summary>
    void Failed(IBufferWriter<byte> into, string reason);

    /// <param name="message">Why a query that did not fail has ended; null for a pull query on a table.</param>
    void End(IBufferWriter<byte> into, string? message);
}
