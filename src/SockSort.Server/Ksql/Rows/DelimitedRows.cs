using System.Buffers;
using System.Text.Json.Nodes;
using SockSort.Server.Ksql.Hosting;
using SockSort.Sql.Engine.Clients;

namespace SockSort.Server.Ksql.Rows;

/// <summary>
/// The format of <c>/query-stream</c>: a line with the columns, then a line for each row; or all of it as one JSON array.
/// </summary>
/// <param name="asArray">Whether to write one array, for clients that accept <c>application/json</c>.</param>
internal sealed class DelimitedRows(bool asArray) : IRowsWriter
{
    public string ContentType => asArray ? MediaTypes.Json : MediaTypes.Delimited;

    public ReadOnlySpan<byte> KeepAlive => [];

    public void Start(IBufferWriter<byte> into, RowsHeader header)
    {
        if (asArray)
            into.Write("["u8);
        RowJson.Node(into, new JsonObject
        {
            ["queryId"] = header.QueryId,
            ["columnNames"] = new JsonArray([.. header.Columns.Select(column => JsonValue.Create(column.Name))]),
            ["columnTypes"] = new JsonArray([.. header.Columns.Select(column => JsonValue.Create($"{column.Type}"))]),
        });
        if (!asArray)
            into.Write("\n"u8);
    }

    public void Row(IBufferWriter<byte> into, PushedRow row)
    {
        Separate(into);
        RowJson.Values(into, row.Values);
        if (!asArray)
            into.Write("\n"u8);
    }

    public void Failed(IBufferWriter<byte> into, string reason)
    {
        Separate(into);
        RowJson.Node(into, RowJson.Error(reason));
        if (!asArray)
            into.Write("\n"u8);
    }

    public void End(IBufferWriter<byte> into, string? message)
    {
        if (asArray)
            into.Write("]"u8);
    }

    private void Separate(IBufferWriter<byte> into)
    {
        if (asArray)
            into.Write(",\n"u8);
    }
}
