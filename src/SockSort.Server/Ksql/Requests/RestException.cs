using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SockSort.Host.Listening.Access;
using SockSort.Log;
using SockSort.Shared;
using SockSort.Sql;

namespace SockSort.Server.Ksql.Requests;

/// <summary>A request that cannot be answered; it is sent as ksqlDB's error entity.</summary>
/// <param name="status">The HTTP status code.</param>
/// <param name="code">ksqlDB's error code: the status times 100, plus a number that distinguishes errors of that status.</param>
/// <param name="message">What is wrong and what to do.</param>
internal class RestException(int status, int code, string message) : ExpectedException(message)
{
    public int Status { get; } = status;

    public int ErrorCode { get; } = code;

    /// <inheritdoc/>
    public override string Code => $"ksql-{ErrorCode}";

    /// <summary>Whether the request itself is invalid; otherwise a retry may succeed.</summary>
    public bool IsRequest => Status is >= 400 and < 500 and not StatusCodes.Status429TooManyRequests;

    /// <summary>The method that the path supports, for the Allow header; null for other errors.</summary>
    public string? Allow { get; init; }

    /// <summary>The error as ksqlDB's <c>KsqlErrorMessage</c>.</summary>
    public virtual JsonObject ToEntity() => new() { ["@type"] = "generic_error", ["error_code"] = ErrorCode, ["message"] = Message };
}

/// <summary>The error of one of several statements.</summary>
/// <param name="cause">What is wrong.</param>
/// <param name="statement">The text of the statement.</param>
/// <param name="done">The entities of the statements before it, which have been executed.</param>
internal sealed class StatementException(RestException cause, string statement, JsonArray done)
    : RestException(cause.Status, cause.ErrorCode, cause.Message)
{
    public override JsonObject ToEntity() => new()
    {
        ["@type"] = "statement_error",
        ["error_code"] = ErrorCode,
        ["message"] = Message,
        ["statementText"] = statement,
        ["entities"] = done,
    };
}

/// <summary>Builds errors with ksqlDB's codes (its class <c>Errors</c>).</summary>
internal static class RestErrors
{
    private const int BadStatementCode = 40001;

    public static RestException BadRequest(string message) => new(400, 40000, message);

    public static RestException BadStatement(SqlException error) => error.IsTransient
        ? new(StatusCodes.Status429TooManyRequests, 42900, error.Message)
        : new(400, BadStatementCode, error.Message);

    public static RestException UseQueryEndpoint(string kind) =>
        new(400, 40002, $"{kind} gives rows as they come: send it to /query-stream or /query; /ksql takes the other statements");

    public static RestException UseKsqlEndpoint() =>
        new(400, BadStatementCode, "expected one SELECT or PRINT statement; send the others to /ksql");

    public static RestException TooManyQueries(int most) =>
        new(400, 40003, $"{most} push queries run already, as many as the server takes; close one");

    /// <summary>A request without the right password: 401, or 429 after too many wrong ones.</summary>
    public static RestException Refused(Refusal refusal) => new(refusal.Status, refusal.Status * 100, refusal.Text);

    public static RestException ReadOnly() =>
        new(403, 40300, "the server is read only: it takes SELECT, PRINT, SHOW, DESCRIBE, EXPLAIN; changes go into its queries file");

    public static RestException TooManyRows(int rows, int most) =>
        BadRequest($"the query gives {rows} rows, more than the {most} that the server sends; add WHERE or LIMIT");

    public static RestException ForeignPage(string origin) =>
        new(403, 40300, $"a page of {origin} may not ask this server; put a proxy of that site in front of it");

    public static RestException NoTermination() => new(403, 40300, "the server cannot be terminated over HTTP; stop its process");

    public static RestException NotFound(string what) => new(404, 40400, what);

    public static RestException WrongMethod(string method, string path, string allowed) =>
        new(405, 40500, $"{path} takes {allowed}, not {method}") { Allow = allowed };

    public static RestException NotAcceptable(string accept, IReadOnlyList<string> offered) =>
        new(406, 40600, $"'{accept}' cannot be answered with; there are {string.Join(", ", offered)}");

    public static RestException CatchUpTimeout(long number) =>
        new(503, 50301, $"no statement with command sequence number {number} has been run within the time that is waited for one; send "
            + "the number of an answer's commandSequenceNumber");

    public static RestException Storage(LogException error) =>
        error.IsRequest ? new(400, BadStatementCode, error.Message) : new(500, 50000, error.Message);

    public static RestException TooLarge(long most) => new(413, 41300, $"the body is larger than {most} bytes");

    public static RestException Stopping() => new(503, 50303, "the server is stopping");

    public static RestException Unexpected(Exception error) =>
        new(500, 50000, $"unexpected error, please report it ({error.GetType().Name}): {error.Message}");
}
