using SockSort.Shared;

namespace SockSort.Dataset.Storage;

/// <summary>A storage that cannot be reached, or a file of it that cannot be read or written; the message says which and why.</summary>
public sealed class StorageException(string message, Exception? cause = null) : ExpectedException(message, cause)
{
    public override string Code => "storage";
}
