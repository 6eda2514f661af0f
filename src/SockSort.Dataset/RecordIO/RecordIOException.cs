using SockSort.Shared;

namespace SockSort.Dataset.RecordIO;

/// <summary>
/// A <c>.rec</c> or <c>.idx</c> file that breaks the format; the message says where, what was found and what was expected.
/// </summary>
public sealed class RecordIOException : ExpectedException
{
    /// <param name="source">File or stream, as the reader was told.</param>
    /// <param name="offset">Bytes from the start of the file to the record at fault.</param>
    /// <param name="problem">What was found there, and what was expected.</param>
    public RecordIOException(string source, long offset, string problem)
        : base($"{source} at byte {offset}: {problem}")
    {
        File = source;
        Offset = offset;
        Problem = problem;
    }

    /// <summary>File or stream, as the reader was told.</summary>
    public string File { get; }

    /// <summary>Bytes from the start of the file to the record (or index line) at fault.</summary>
    public long Offset { get; }

    /// <summary>The message without the place.</summary>
    public string Problem { get; }

    /// <inheritdoc/>
    public override string Code => "recordio";

    /// <inheritdoc/>
    public override string Place => $"{File} at byte {Offset}";
}
