using SockSort.Shared;

namespace SockSort.Cli.Output;

/// <summary>A command cannot do what its command line requests; the message says why and what to do.</summary>
internal sealed class CommandException(string message, Exception? cause = null) : ExpectedException(message, cause)
{
    /// <inheritdoc/>
    public override string Code => "command";
}
