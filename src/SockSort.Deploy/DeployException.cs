using SockSort.Shared;

namespace SockSort.Deploy;

/// <summary>Situations that a caller may want to treat differently.</summary>
public enum DeployErrorKind
{
    /// <summary>The file cannot be read as what it is to be.</summary>
    File,

    /// <summary>The other side does not answer.</summary>
    Unreachable,

    /// <summary>The other side refuses the user or the password.</summary>
    Access,

    /// <summary>The other side has something else under a name of the file; nothing was changed.</summary>
    Differs,

    /// <summary>The other side refuses a statement or a configuration.</summary>
    Refused,

    /// <summary>The other side has not done what it was asked for within the time that is waited.</summary>
    Late,

    /// <summary>The cluster lacks the plugin of a connector.</summary>
    NoPlugin,
}

/// <summary>Something could not be brought to another system; the message says where, why and what to do, and holds no secret.</summary>
/// <param name="place">Place in the file, as <c>socks.ksql:3:1</c>; null where no place is at fault.</param>
public sealed class DeployException(DeployErrorKind kind, string message, string? place = null, Exception? cause = null)
    : ExpectedException(place is null ? message : $"{place}: {message}", cause)
{
    public DeployErrorKind Kind { get; } = kind;

    /// <summary>What a server's 401 or 403 means for who deploys.</summary>
    internal static string AccessText(Uri server, int? status, string message) =>
        $"{server} refuses the user or the password ({status}: {message}); give --user and --password-file, or the environment variable "
            + "SOCKSORT_PASSWORD";

    /// <summary>A server has taken a call and has not answered it.</summary>
    internal static DeployException Silent(Uri server, string call, TimeSpan waited) => new(
        DeployErrorKind.Late, $"{server} has not answered {call} within {waited.TotalSeconds} s; run the command again");

    /// <inheritdoc/>
    public override string Code => CodeOf("deploy", Kind);

    /// <inheritdoc/>
    public override string? Place => place;
}
