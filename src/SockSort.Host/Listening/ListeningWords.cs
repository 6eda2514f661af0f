namespace SockSort.Host.Listening;

/// <summary>What the settings of a surface are called where the user gives them: options of a command, or keys of a file.</summary>
public sealed record ListeningWords
{
    /// <summary>The surface within a sentence: <c>the live view</c>.</summary>
    public string Surface { get; init; } = "the server";

    /// <summary>What names the address, and how it is written there; null = the address as it is.</summary>
    public Func<WebAddress, string> Address { get; init; } = address => $"{address}";

    /// <summary>What names the port.</summary>
    public string Port { get; init; } = "--listen";

    /// <summary>How a password is given, as it follows <c>set a password</c>: <c>by --password-file FILE</c>.</summary>
    public string Password { get; init; } = "";

    /// <summary>Where a password may come from, for the error that there is one which nobody is asked for.</summary>
    public string PasswordSources { get; init; } = "";

    /// <summary>What lets everybody in; null where nothing does.</summary>
    public string? Open { get; init; }

    /// <summary>What follows where everybody may be let in: <c>let everybody watch by --no-password</c>.</summary>
    public string OpenAdvice { get; init; } = "listen on 127.0.0.1";

    /// <summary>What <see cref="Open"/> does: <c>lets everybody watch</c>.</summary>
    public string OpenEffect { get; init; } = "lets everybody in";

    /// <summary>What the names of certificate and key begin with: <c>--live-view-</c>.</summary>
    public string CertificatePrefix { get; init; } = "--";
}
