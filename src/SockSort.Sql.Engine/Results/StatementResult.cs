using SockSort.Sql.Engine.Clients;

namespace SockSort.Sql.Engine.Results;

/// <summary>The result of a statement.</summary>
public abstract record StatementResult;

/// <param name="Notes">What else the user should know: an ignored setting, a topic that was created.</param>
public sealed record MessageResult(string Message, IReadOnlyList<string> Notes, string? QueryId = null) : StatementResult
{
    public MessageResult(string message)
        : this(message, [])
    {
    }

    /// <summary>Whether nothing was done without that being a mistake: <c>IF EXISTS</c>, <c>IF NOT EXISTS</c> of a connector.</summary>
    public bool IsWarning { get; init; }

    /// <summary>A client's push query was ended, whose id <see cref="QueryId"/> is.</summary>
    public bool EndedPushQuery { get; init; }
}

/// <summary>A plain text: the result of <c>EXPLAIN</c>.</summary>
public sealed record TextResult(string Text) : StatementResult
{
    /// <summary>The same to draw; null for what another server has explained.</summary>
    public ExplainedQuery? Explained { get; init; }
}

/// <summary>A push query that has begun; disposing of it ends it.</summary>
public sealed record PushResult(PushQuery Query) : StatementResult;

/// <summary>A <c>PRINT</c> that has begun; cancel its reading to end it.</summary>
public sealed record PrintResult(TopicPrinter Printer) : StatementResult;
