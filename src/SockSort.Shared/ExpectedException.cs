namespace SockSort.Shared;

/// <summary>
/// The root of the errors that a user can do something about: the message says what is wrong, where, and what would be right. Every other
/// exception, except the system's own about files and permissions, is a bug in the program.
/// </summary>
/// <param name="message">The whole text that the user reads, including <see cref="Place"/> and <see cref="Hint"/>.</param>
/// <param name="cause">The exception of a library or of the system that caused this one.</param>
public abstract class ExpectedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Stable name of the kind of error, for programs: <c>SQL0102</c>, <c>log-disk-full</c>.</summary>
    public abstract string Code { get; }

    /// <summary>The file, address, line and column, configuration key or name that is at fault; null if there is none.</summary>
    public virtual string? Place => null;

    /// <summary>What would be right or what to do, separate from the message; null if only the message says it.</summary>
    public virtual string? Hint => null;

    /// <summary>Builds the code of an error from a project's name and a value of its enumeration of errors: <c>log-disk-full</c>.</summary>
    /// <param name="room">The project's name in lower case.</param>
    protected static string CodeOf(string room, Enum kind)
    {
        var words = kind.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{letter}" : $"{letter}");
        return $"{room}-{string.Concat(words).ToLowerInvariant()}";
    }
}
