namespace SockSort.Host.Listening;

/// <summary>The names of a surface's settings as the user knows them: options of a command, or keys of a file.</summary>
public sealed record ListeningWords
{
    /// <summary>The surface's name within a sentence: <c>the live view</c>.</summary>
    public string Surface { get; init; } = "the server";

    /// <summary>Formats an address with the name of its setting; by default the address alone.</summary>
    public Func<WebAddress, string> Address { get; init; } = address => $"{address}";

    /// <summary>The setting of the port.</summary>
    public string Port { get; init; } = "--listen";

    /// <summary>How to set a password, in words that follow <c>set a password</c>: <c>by --password-file FILE</c>.</summary>
    public string Password { get; init; } = "";

    /// <summary>The possible sources of a password, for the error that one is set but never required.</summary>
    public string PasswordSources { get; init; } = "";

    /// <summary>The setting that lets everybody in; null if there is none.</summary>
    public string? Open { get; init; }

    /// <summary>The advice if everybody may be let in: <c>let everybody watch by --no-password</c>.</summary>
    public string OpenAdvice { get; init; } = "listen on 127.0.0.1";

    /// <summary>The effect of <see cref="Open"/>: <c>lets everybody watch</c>.</summary>
    public string OpenEffect { get; init; } = "lets everybody in";

    /// <summary>The prefix of the settings for certificate and key: <c>--live-view-</c>.</summary>
    public string CertificatePrefix { get; init; } = "--";
}
