using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Log;
using SockSort.Server.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Rows;
using SockSort.Server.Ksql.Statements;
using SockSort.Sql.Catalog;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;

namespace SockSort.Server.Ksql.Endpoints;

/// <summary>
/// The route <c>/ws/query?request={"ksql": "…"}</c>: a query over a WebSocket; one message with the columns, then one for each row.
/// </summary>
/// <remarks>
/// Like ksqlDB it closes with 1000 and 'done' when the query ends, with 1003 and the reason if the request is invalid, and with 1011 if the
/// query fails.
/// </remarks>
internal sealed class SocketEndpoint(SharedEngine shared, StatementRunner runner, CancellationToken stopping)
{
    // RFC 6455, 5.5: the largest reason in a close frame.
    private const int MostReasonBytes = 123;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/ws/query", RunAsync);

    private async Task RunAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            throw RestErrors.BadRequest("/ws/query takes a WebSocket; over HTTP send the query to /query-stream");
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        // A client that disconnects sends a close message of its own.
        var left = WaitForCloseAsync(socket, end);
        try
        {
            var (status, reason) = await AnswerAsync(context, socket, end.Token);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            // A client that was too slow for its rows may be too slow for the reason.
            if (status == WebSocketCloseStatus.InternalServerError)
            {
                timeout.CancelAfter(shared.Options.EndTimeout);
                end.CancelAfter(shared.Options.EndTimeout);
            }
            await CloseAsync(socket, status, reason, timeout.Token);
            await left;
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            // The client has disconnected or stopped reading, or the server stops.
            await end.CancelAsync();
            await left;
        }
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> AnswerAsync(
        HttpContext context, WebSocket socket, CancellationToken ended)
    {
        try
        {
            var body = RequestBody.Parse(Encoding.UTF8.GetBytes(context.Request.Query["request"].ToString()));
            return await runner.QueryAsync(body.Text("ksql", "sql"), SessionOfRequest.Make(body), ended) switch
            {
                PushResult push => await PushAsync(socket, push.Query, ended),
                RowsResult rows => await PullAsync(socket, rows, ended),
                PrintResult print => await PrintAsync(socket, print.Printer, ended),
                _ => throw RestErrors.UseKsqlEndpoint(),
            };
        }
        catch (RestException error)
        {
            return (error.IsRequest ? WebSocketCloseStatus.InvalidMessageType : WebSocketCloseStatus.InternalServerError, error.Message);
        }
        catch (LogException error)
        {
            return (WebSocketCloseStatus.InternalServerError, error.Message);
        }
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> PushAsync(WebSocket socket, PushQuery query, CancellationToken gone)
    {
        await using var running = query;
        using var served = new ServedPush(shared, query, gone);
        await SendAsync(socket, ColumnsOf(query.Columns), served.Ended);
        await foreach (var row in query.ReadAsync(served.Ended))
            await SendAsync(socket, into => StreamedRows.One(into, row), served.Ended);
        return query.Failure is { } reason ? (WebSocketCloseStatus.InternalServerError, reason) : Done;
    }

    private static (WebSocketCloseStatus, string) Done => (WebSocketCloseStatus.NormalClosure, "done");

    private async Task<(WebSocketCloseStatus Status, string Reason)> PullAsync(WebSocket socket, RowsResult rows, CancellationToken ended)
    {
        using var served = new ServedPull(shared, rows, ended);
        await SendAsync(socket, ColumnsOf(rows.Columns), served.NextPart());
        foreach (var row in rows.Rows)
            await SendAsync(socket, into => StreamedRows.One(into, new PushedRow(row, IsTombstone: false)), served.NextPart());
        return Done;
    }

    private async Task<(WebSocketCloseStatus Status, string Reason)> PrintAsync(
        WebSocket socket, TopicPrinter printer, CancellationToken ended)
    {
        using var client = new ReadingClient(shared.Options.SendTimeout, ended);
        using var watch = shared.Log.Watch("a topic's records", client.End, ended);
        await foreach (var line in printer.ReadAsync(ended))
            await client.SendAsync(end => SendAsync(socket, into => RowJson.Node(into, JsonValue.Create(line)), end));
        return Done;
    }

    private static Action<IBufferWriter<byte>> ColumnsOf(IReadOnlyList<SourceColumn> columns) =>
        into => RowJson.Node(into, DescribeEntities.Fields(columns));

    private static async Task SendAsync(WebSocket socket, Action<IBufferWriter<byte>> write, CancellationToken ended)
    {
        var message = new ArrayBufferWriter<byte>();
        write(message);
        await socket.SendAsync(message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, ended);
    }

    private static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string reason, CancellationToken ended)
    {
        var bytes = Encoding.UTF8.GetBytes(reason);
        // Truncate between characters, not within one.
        var length = Math.Min(bytes.Length, MostReasonBytes);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
            length--;
        await socket.CloseOutputAsync(status, Encoding.UTF8.GetString(bytes, 0, length), ended);
    }

    private static async Task WaitForCloseAsync(WebSocket socket, CancellationTokenSource end)
    {
        try
        {
            var buffer = new byte[256];
            while ((await socket.ReceiveAsync(buffer.AsMemory(), end.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
            await end.CancelAsync();
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException)
        {
            await end.CancelAsync();
        }
    }
}
