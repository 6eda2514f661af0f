using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SockSort.Server.Hosting;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Rows;
using SockSort.Server.Ksql.Statements;
using SockSort.Sql.Engine.Clients;
using SockSort.Sql.Engine.Results;

namespace SockSort.Server.Ksql.Endpoints;

/// <summary>
/// The routes of push and pull queries: <c>/query</c>, <c>/query-stream</c>, <c>/close-query</c>; PRINT on <c>/query</c>.
/// </summary>
/// <remarks>
/// Rows are sent as they are produced. While a client does not read, its query stops reading its topics; other clients are not affected. A
/// client that does not read for too long gets an error; a client that disconnects ends its query.
/// </remarks>
internal sealed class QueryEndpoints(SharedEngine shared, StatementRunner runner, CancellationToken stopping)
{
    // The size at which the answer's buffer is flushed.
    private const int FlushBytes = 32 << 10;

    // ksqlDB's interval for keep-alive output, which detects disconnected clients.
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/query", context =>
            RunAsync(context, "ksql", MediaTypes.Choose(context.Request, MediaTypes.KsqlJson, MediaTypes.Json, MediaTypes.Delimited) switch
            {
                MediaTypes.Delimited => new DelimitedRows(asArray: false),
                var json => new StreamedRows(json),
            }));
        routes.MapPost("/query-stream", context =>
            RunAsync(context, "sql", MediaTypes.Choose(context.Request, MediaTypes.Delimited, MediaTypes.Json, MediaTypes.KsqlJson) switch
            {
                MediaTypes.KsqlJson => new StreamedRows(),
                var other => new DelimitedRows(asArray: other == MediaTypes.Json),
            }));
        routes.MapPost("/close-query", CloseAsync);
    }

    private async Task RunAsync(HttpContext context, string field, IRowsWriter rows)
    {
        var body = await RequestBody.ReadAsync(context.Request, shared.Options.MostBodyBytes);
        var session = SessionOfRequest.Make(body);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        switch (await runner.QueryAsync(body.Text(field, "sql", "ksql"), session, ended.Token))
        {
            case RowsResult pulled:
                await PullAsync(context, rows, pulled);
                break;
            case PushResult push:
                await PushAsync(context, rows, push.Query, ended.Token);
                break;
            case PrintResult print:
                await PrintAsync(context, print.Printer, ended.Token);
                break;
            default:
                throw RestErrors.UseKsqlEndpoint();
        }
    }

    private async Task PullAsync(HttpContext context, IRowsWriter rows, RowsResult pulled)
    {
        using var served = new ServedPull(shared, pulled, context.RequestAborted);
        context.Response.ContentType = rows.ContentType;
        if (pulled.Partitions?.Note is { } note)
            context.Response.Headers[OwnPartitions.NoteHeader] = note;
        var body = context.Response.BodyWriter;
        try
        {
            rows.Start(body, new(PullId(), pulled.Columns, pulled.KeyColumns));
            foreach (var row in pulled.Rows)
            {
                rows.Row(body, new PushedRow(row, IsTombstone: false));
                if (body.UnflushedBytes <= FlushBytes)
                    continue;
                _ = await body.FlushAsync(served.NextPart());
                // A client that reads fast makes no wait; the thread is not ours alone.
                await Task.Yield();
            }
            rows.End(body, pulled.EndMessage);
            _ = await body.FlushAsync(served.NextPart());
        }
        catch (OperationCanceledException)
        {
            // Aborted, so that a truncated answer does not look complete.
            context.Abort();
        }
    }

    private async Task PushAsync(HttpContext context, IRowsWriter rows, PushQuery query, CancellationToken gone)
    {
        await using var running = query;
        using var served = new ServedPush(shared, query, gone);
        var ended = served.Ended;
        try
        {
            DisableBuffering(context);
            context.Response.ContentType = rows.ContentType;
            var body = context.Response.BodyWriter;
            rows.Start(body, new RowsHeader(query.Id, query.Columns));
            _ = await body.FlushAsync(ended);
            await SendRowsAsync(body, rows, query, oneByOne: HttpProtocol.IsHttp2(context.Request.Protocol), ended);
            if (query.Failure is { } reason)
                rows.Failed(body, reason);
            var completed = query.ReachedLimit ? "Limit Reached" : "Query Completed";
            rows.End(body, query.Failure is null ? completed : null);
            _ = await body.FlushAsync(ended);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has disconnected or stopped reading, or the server stops.
        }
    }

    /// <summary>An id in ksqlDB's form for a query that ends with its answer.</summary>
    private static string PullId() => $"query_{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}";

    /// <param name="oneByOne">Whether to flush each row, since ksqlDB's own clients take each HTTP/2 frame for one row.</param>
    private static async Task SendRowsAsync(PipeWriter body, IRowsWriter rows, PushQuery query, bool oneByOne, CancellationToken ended)
    {
        while (await query.WaitAsync(KeepAliveInterval, ended) is { } hasRow)
        {
            if (!hasRow && rows.KeepAlive.IsEmpty)
                continue;
            if (!hasRow)
                body.Write(rows.KeepAlive);
            else if (query.TryRead(out var first))
                rows.Row(body, first!);
            while (hasRow && !oneByOne && body.UnflushedBytes < FlushBytes && query.TryRead(out var next))
                rows.Row(body, next!);
            _ = await body.FlushAsync(ended);
        }
    }

    private async Task PrintAsync(HttpContext context, TopicPrinter printer, CancellationToken ended)
    {
        DisableBuffering(context);
        context.Response.ContentType = "text/plain; charset=utf-8";
        using var client = new ReadingClient(shared.Options.SendTimeout, ended);
        using var watch = shared.Log.Watch("a topic's records", client.End, ended);
        try
        {
            // A topic may be silent for long, so the headers are sent at once.
            await client.SendAsync(end => context.Response.Body.FlushAsync(end));
            await foreach (var line in printer.ReadAsync(ended))
                await client.SendAsync(end => SendLineAsync(context.Response, line, end));
        }
        catch (OperationCanceledException)
        {
            // The client has disconnected or stopped reading, or the server stops.
            if (!ended.IsCancellationRequested)
                context.Abort();
        }
    }

    private static async Task SendLineAsync(HttpResponse response, string line, CancellationToken end)
    {
        await response.WriteAsync(line + "\n", Encoding.UTF8, end);
        await response.Body.FlushAsync(end);
    }

    /// <summary>Sends every row at once, because the next one may take days.</summary>
    private static void DisableBuffering(HttpContext context)
    {
        if (context.Features.Get<IHttpResponseBodyFeature>() is { } body)
            body.DisableBuffering();
    }

    private async Task CloseAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request, shared.Options.MostBodyBytes);
        var id = body.Text("queryId");
        if (!await shared.CloseAsync(id))
            throw RestErrors.BadRequest($"no push query '{id}' is running");
        context.Response.StatusCode = StatusCodes.Status200OK;
    }
}
