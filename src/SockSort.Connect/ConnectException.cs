using SockSort.Shared;

namespace SockSort.Connect;

/// <summary>What a caller may want to treat differently among the errors of connectors.</summary>
public enum ConnectErrorKind
{
    /// <summary>A configuration's key is missing, or its value can't be used.</summary>
    WrongConfiguration,

    /// <summary>A <c>${file:…}</c> secret can't be found.</summary>
    Secret,

    /// <summary>A connector of this name exists.</summary>
    NameTaken,

    /// <summary>There is no connector of this name.</summary>
    NotFound,

    /// <summary>The connector must be stopped for that.</summary>
    NotStopped,

    /// <summary>Where a sink's records go can't be written; it is tried again.</summary>
    Storage,
}

/// <summary>An error of a connector's configuration or of the worker; its text holds no secret.</summary>
/// <param name="key">The configuration key at fault; null where it is none.</param>
public sealed class ConnectException(ConnectErrorKind kind, string message, string? key = null, Exception? inner = null)
    : ExpectedException(message, inner)
{
    public ConnectErrorKind Kind { get; } = kind;

    /// <inheritdoc/>
    public override string Code => CodeOf("connect", Kind);

    public string? Key { get; } = key;

    /// <inheritdoc/>
    public override string? Place => Key;
}
