using System.Buffers;
using System.Text.Json.Nodes;
using SockSort.Server.Ksql.Hosting;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine;

namespace SockSort.Server.Ksql.Rows;

/// <summary>The form of <c>/query</c>: one JSON array of a header, rows, and a final message.</summary>
/// <param name="contentType">ksqlDB's own name of JSON, or the common one.</param>
internal sealed class StreamedRows(string contentType = MediaTypes.KsqlJson) : IRowsWriter
{
    public string ContentType => contentType;

    public void Start(IBufferWriter<byte> into, string? queryId, IReadOnlyList<SourceColumn> columns)
    {
        into.Write("["u8);
        RowJson.Node(into, new JsonObject
        {
            ["header"] = new JsonObject
            {
                ["queryId"] = queryId ?? "none",
                ["schema"] = string.Join(", ", columns.Select(column => $"`{column.Name}` {column.Type}")),
            },
        });
    }

    public void Row(IBufferWriter<byte> into, PushedRow row)
    {
        into.Write(",\n"u8);
        One(into, row);
    }

    /// <summary>The row alone.</summary>
    public static void One(IBufferWriter<byte> into, PushedRow row)
    {
        into.Write("{\"row\":{\"columns\":"u8);
        RowJson.Values(into, row.Values);
        into.Write(row.IsTombstone ? ",\"tombstone\":true}}"u8 : "}}"u8);
    }

    public void Failed(IBufferWriter<byte> into, string reason)
    {
        into.Write(",\n"u8);
        RowJson.Node(into, new JsonObject { ["errorMessage"] = RowJson.Error(reason) });
    }

    public void End(IBufferWriter<byte> into, string? message)
    {
        if (message is not null)
        {
            into.Write(",\n"u8);
            RowJson.Node(into, new JsonObject { ["finalMessage"] = message });
        }
        into.Write("]\n"u8);
    }
}
