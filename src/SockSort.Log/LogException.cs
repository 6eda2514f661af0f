using SockSort.Shared;

namespace SockSort.Log;

/// <summary>The kinds of the log's errors that a caller may want to handle differently.</summary>
public enum LogErrorKind
{
    /// <summary>The request was wrong: a bad topic name, a partition that the topic lacks, an offset below zero.</summary>
    WrongRequest,

    /// <summary>There is no log in the folder.</summary>
    NotFound,

    /// <summary>Another process writes this log.</summary>
    InUse,

    /// <summary>The file was written by a newer version of the program.</summary>
    TooNew,

    /// <summary>The disk is full; nothing of the request was stored, and a retry may succeed.</summary>
    DiskFull,

    /// <summary>The file's content is corrupt.</summary>
    Damaged,

    /// <summary>Any other failure of the disk or of the file system.</summary>
    Storage,

    /// <summary>The log's server does not answer, or cannot be found; a retry may succeed.</summary>
    Unreachable,

    /// <summary>The log's server refuses the login, the certificate, or what was asked for.</summary>
    Denied,

    /// <summary>Another process has taken over partitions of the commit; no retry stores it.</summary>
    NotOwned,
}

/// <summary>An error of the log; nothing of the failed request was stored.</summary>
public sealed class LogException(LogErrorKind kind, string message, Exception? inner = null) : ExpectedException(message, inner)
{
    public LogErrorKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override string Code => CodeOf("log", Kind);

    /// <summary>True if a retry cannot help because the request itself is wrong.</summary>
    public bool IsRequest => Kind == LogErrorKind.WrongRequest;
}
