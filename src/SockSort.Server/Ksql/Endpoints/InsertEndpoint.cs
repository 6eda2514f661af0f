using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SockSort.Log;
using SockSort.Server.Ksql.Hosting;
using SockSort.Server.Ksql.Requests;
using SockSort.Server.Ksql.Rows;
using SockSort.Server.Ksql.Statements;
using SockSort.Sql;
using SockSort.Sql.Engine.Statements;
using SockSort.Sql.Values;

namespace SockSort.Server.Ksql.Endpoints;

/// <summary>
/// The route <c>/inserts-stream</c>: a line that names the stream, then one row a line; each row is acknowledged once it is on disk.
/// </summary>
/// <remarks>An invalid row is answered with an error and the next one is read, whereas ksqlDB ends the stream there.</remarks>
internal sealed class InsertEndpoint(SharedEngine shared)
{
    private const int MostLineBytes = 16 << 20;
    private const int RowCode = 40000;
    private const int StorageCode = 50000;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/inserts-stream", RunAsync);

    private async Task RunAsync(HttpContext context)
    {
        if (shared.Options.IsReadOnly)
            throw RestErrors.ReadOnly();
        var asArray = MediaTypes.Choose(context.Request, MediaTypes.Delimited, MediaTypes.Json) == MediaTypes.Json;
        var reader = context.Request.BodyReader;
        var inserts = Open(await FirstLineAsync(reader, context.RequestAborted));
        context.Response.ContentType = asArray ? MediaTypes.Json : MediaTypes.Delimited;
        var answers = new InsertAnswers(context.Response.BodyWriter, asArray);
        await CopyAsync(reader, inserts, answers, context.RequestAborted);
        answers.End();
        _ = await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private JsonInserts Open(byte[] line)
    {
        var target = RequestBody.Parse(line).Text("target");
        var name = target.StartsWith('`') ? target.Trim('`') : target.ToUpperInvariant();
        try
        {
            return shared.Engine.OpenInserts(name);
        }
        catch (SqlException error)
        {
            throw RestErrors.BadStatement(error);
        }
    }

    private static async Task<byte[]> FirstLineAsync(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            if (TryLine(ref rest, read.IsCompleted, out var line))
            {
                var bytes = line.ToArray();
                reader.AdvanceTo(rest.Start);
                return bytes;
            }
            RequireShort(rest);
            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
                throw RestErrors.BadRequest("the body is empty: expected a line with field 'target', then a row a line");
        }
    }

    /// <summary>Appends the rows that arrived together in one batch.</summary>
    private async Task CopyAsync(PipeReader reader, JsonInserts inserts, InsertAnswers answers, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var rest = read.Buffer;
            var batch = new List<(NewRecord? Record, string? Problem)>();
            while (TryLine(ref rest, read.IsCompleted, out var line))
            {
                if (!IsBlank(line))
                    batch.Add(Read(inserts, line.ToArray()));
            }
            RequireShort(rest);
            reader.AdvanceTo(rest.Start, rest.End);
            if (batch.Count > 0)
            {
                var lost = Append(inserts, [.. batch.Select(row => row.Record).OfType<NewRecord>()]);
                foreach (var (_, problem) in batch)
                    answers.Add(problem ?? lost, problem is null ? StorageCode : RowCode);
                await answers.FlushAsync(cancellation);
            }
            if (read.IsCompleted)
                return;
        }
    }

    /// <returns>Why no record was stored; null if all are on disk.</returns>
    private string? Append(JsonInserts inserts, NewRecord[] records)
    {
        try
        {
            if (records.Length > 0)
                shared.Engine.Append(inserts, records);
            return null;
        }
        catch (LogException error)
        {
            return error.Message;
        }
    }

    private static (NewRecord? Record, string? Problem) Read(JsonInserts inserts, byte[] line)
    {
        try
        {
            return (inserts.Read(line), null);
        }
        catch (RecordException error)
        {
            return (null, error.Message);
        }
    }

    private static bool TryLine(ref ReadOnlySequence<byte> buffer, bool isLast, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            line = buffer.Slice(0, end);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            return true;
        }
        line = buffer;
        if (!isLast || buffer.IsEmpty)
            return false;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line) =>
        line.Length == 0 || (line.Length < 16 && line.ToArray().AsSpan().IndexOfAnyExcept(" \t\r"u8) < 0);

    private static void RequireShort(ReadOnlySequence<byte> rest)
    {
        if (rest.Length > MostLineBytes)
            throw RestErrors.TooLarge(MostLineBytes);
    }

    /// <summary>Writes an answer for each row, numbered from 0.</summary>
    private sealed class InsertAnswers(PipeWriter body, bool asArray)
    {
        private long _next;

        /// <param name="problem">Why the row was not stored; null if it is on disk.</param>
        /// <param name="code">The error code of the problem.</param>
        public void Add(string? problem, int code)
        {
            if (asArray)
                body.Write(_next == 0 ? "["u8 : ",\n"u8);
            var answer = new JsonObject { ["status"] = problem is null ? "ok" : "error", ["seq"] = _next++ };
            if (problem is not null)
                (answer["error_code"], answer["message"]) = (code, problem);
            RowJson.Node(body, answer);
            if (!asArray)
                body.Write("\n"u8);
        }

        public async Task FlushAsync(CancellationToken cancellation) => _ = await body.FlushAsync(cancellation);

        public void End()
        {
            if (asArray)
                body.Write(_next == 0 ? "[]"u8 : "]"u8);
        }
    }
}
