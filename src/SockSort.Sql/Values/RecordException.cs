using SockSort.Shared;

namespace SockSort.Sql.Values;

/// <summary>A record's key or value cannot be read as its source declares it; the record is skipped and counted.</summary>
/// <param name="shown">The message without anything of the record's content, where that is in it.</param>
public sealed class RecordException(string message, Exception? inner = null, string? shown = null) : ExpectedException(message, inner)
{
    /// <summary>The problem without anything of the record's content, for a log.</summary>
    public string Shown { get; } = shown ?? message;

    /// <inheritdoc/>
    public override string Code => "record";
}
