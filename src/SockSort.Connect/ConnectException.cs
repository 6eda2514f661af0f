using SockSort.Shared;

namespace SockSort.Connect;

/// <summary>Kinds of connector errors that a caller may want to treat differently.</summary>
public enum ConnectErrorKind
{
    /// <summary>A configuration key is missing, or its value can't be used.</summary>
    WrongConfiguration,

    /// <summary>A secret that a placeholder names can't be found.</summary>
    Secret,

    /// <summary>A connector of this name already exists.</summary>
    NameTaken,

    /// <summary>There is no connector of this name.</summary>
    NotFound,

    /// <summary>The request needs a stopped connector.</summary>
    NotStopped,

    /// <summary>The destination of a sink can't be written; the sink retries.</summary>
    Storage,
}

/// <summary>An error of a connector's configuration or of the worker; its text holds no secret.</summary>
/// <param name="key">The configuration key at fault; null where no key is.</param>
public sealed class ConnectException(ConnectErrorKind kind, string message, string? key = null, Exception? inner = null)
    : ExpectedException(message, inner)
{
    public ConnectErrorKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override string Code => CodeOf("connect", Kind);

    public string? Key { get; } = key;

    /// <summary>How long the destination asks to be left alone; null where it does not.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc/>
    public override string? Place => Key;
}
