using SockSort.Sql.Engine.Clients;

namespace SockSort.Sql.Engine.Results;

/// <summary>What a statement gave.</summary>
public abstract record StatementResult;

/// <param name="Notes">What the user should know beside: an ignored setting, a topic that was made.</param>
public sealed record MessageResult(string Message, IReadOnlyList<string> Notes, string? QueryId = null) : StatementResult
{
    public MessageResult(string message)
        : this(message, [])
    {
    }

    /// <summary>Nothing was done, and that is no mistake: <c>IF EXISTS</c>, <c>IF NOT EXISTS</c> of a connector.</summary>
    public bool IsWarning { get; init; }

    /// <summary>A client's push query was ended, whose id <see cref="QueryId"/> is.</summary>
    public bool EndedPushQuery { get; init; }
}

/// <summary>Plain text: <c>EXPLAIN</c>.</summary>
public sealed record TextResult(string Text) : StatementResult;

/// <summary>A push query has begun; dispose it to end it.</summary>
public sealed record PushResult(PushQuery Query) : StatementResult;

/// <summary><c>PRINT</c> has begun; dispose it to end it.</summary>
public sealed record PrintResult(TopicPrinter Printer) : StatementResult;
