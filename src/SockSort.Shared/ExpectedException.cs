namespace SockSort.Shared;

/// <summary>
/// The root of the errors that a user can do something about: the message says what is wrong, where, and what would be right. Every other
/// exception but the system's own of files and rights is a fault of the program.
/// </summary>
/// <param name="message">The whole text as a user reads it, with <see cref="Place"/> and <see cref="Hint"/>.</param>
/// <param name="cause">What a library or the system said.</param>
public abstract class ExpectedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Stable name of the kind of error, for programs: <c>SQL0102</c>, <c>log-disk-full</c>.</summary>
    public abstract string Code { get; }

    /// <summary>File, address, line and column, configuration key or name that is at fault; null where none is.</summary>
    public virtual string? Place => null;

    /// <summary>What would be right or what to do, apart from the message; null where only the message says it.</summary>
    public virtual string? Hint => null;

    /// <summary>The code of an error of a room that tells its errors apart by an enumeration: <c>log-disk-full</c>.</summary>
    /// <param name="room">Small letters.</param>
    protected static string CodeOf(string room, Enum kind)
    {
        var words = kind.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"-{letter}" : $"{letter}");
        return $"{room}-{string.Concat(words).ToLowerInvariant()}";
    }
}
