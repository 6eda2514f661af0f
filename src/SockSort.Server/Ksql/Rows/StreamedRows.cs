using System.Buffers;
using System.Text.Json.Nodes;
using SockSort.Server.Ksql.Hosting;
using SockSort.Sql.Engine.Clients;

namespace SockSort.Server.Ksql.Rows;

/// <summary>The format of <c>/query</c>: one JSON array of a header, rows, and a final message.</summary>
/// <param name="contentType">ksqlDB's media type for JSON, or the common one.</param>
internal sealed class StreamedRows(string contentType = MediaTypes.KsqlJson) : IRowsWriter
{
    private bool _isPush;

    public string ContentType => contentType;

    /// <summary>An empty line, so that a client with a read timeout sees that the connection is alive.</summary>
    public ReadOnlySpan<byte> KeepAlive => "\n"u8;

    public void Start(IBufferWriter<byte> into, RowsHeader header)
    {
        _isPush = header.IsPush;
        into.Write("["u8);
        RowJson.Node(into, new JsonObject
        {
            ["header"] = new JsonObject
            {
                ["queryId"] = header.QueryId,
                ["schema"] = string.Join(", ", header.Columns.Select(column =>
                    $"`{column.Name}` {column.Type}{(header.KeyColumns.Contains(column.Name) ? " KEY" : "")}")),
            },
        });
        Separate(into, after: true);
    }

    public void Row(IBufferWriter<byte> into, PushedRow row)
    {
        Separate(into, after: false);
        One(into, row);
        Separate(into, after: true);
    }

    /// <summary>Writes a single row without a separator.</summary>
    public static void One(IBufferWriter<byte> into, PushedRow row)
    {
        into.Write("{\"row\":{\"columns\":"u8);
        RowJson.Values(into, row.Values);
        into.Write(row.IsTombstone ? ",\"tombstone\":true}}"u8 : "}}"u8);
    }

    public void Failed(IBufferWriter<byte> into, string reason)
    {
        Separate(into, after: false);
        RowJson.Node(into, new JsonObject { ["errorMessage"] = RowJson.Error(reason) });
    }

    public void End(IBufferWriter<byte> into, string? message)
    {
        if (message is not null)
        {
            Separate(into, after: false);
            RowJson.Node(into, new JsonObject { ["finalMessage"] = message });
        }
        into.Write("]\n"u8);
    }

    /// <summary>
    /// Push queries write the separator after each element, since the next one may take long; pull queries write it before each element.
    /// </summary>
    private void Separate(IBufferWriter<byte> into, bool after)
    {
        if (after == _isPush)
            into.Write(",\n"u8);
    }
}
