using Microsoft.Extensions.Logging;

namespace SockSort.Host.Listening;

/// <summary>Addresses, password and certificate of a surface; the same settings for every surface.</summary>
public sealed record WebListening
{
    /// <summary>The addresses to listen on, at least one.</summary>
    public required IReadOnlyList<WebAddress> Addresses { get; init; }

    /// <summary>The password, sent as HTTP Basic (any user) or Bearer; null, the default, or empty for none. Never shown.</summary>
    public string? Password { get; init; }

    /// <summary>Allows requests without a password to addresses beyond loopback. Default: no.</summary>
    public bool IsOpenToAll { get; init; }

    /// <summary>Uses a free port if the requested one is in use, instead of failing. Default: no.</summary>
    public bool AnyPortIfTaken { get; init; }

    /// <summary>Folder that stores the generated certificate between starts (mode 600); null generates a new one at each start.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>PEM file of the user's own certificate with its chain; null uses a generated one.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the key of <see cref="CertificateFile"/>; null if it is in the same file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>The user's names of these settings, for errors.</summary>
    public ListeningWords Words { get; init; } = new();

    /// <summary>Receives notes for the user while the surface is served, such as that the certificate has changed. Default: none.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>Receive the addresses and wrong passwords as events: docs/reference/logging.md. Null, the default, for none.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock for the certificate's validity and for wrong passwords.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether other machines can reach any of the addresses.</summary>
    public bool IsBeyondLoopback => Addresses.Any(address => address.IsBeyondLoopback);

    /// <summary>Whether other machines need no password.</summary>
    public bool IsShownToAll => IsBeyondLoopback && IsOpenToAll;

    /// <summary>Settings with one address, as <see cref="WebAddress.Parse"/> reads it, and no password.</summary>
    public static WebListening At(string address) => new() { Addresses = [WebAddress.Parse(address)] };

    /// <exception cref="ListeningException">
    /// A port is out of range, or other machines would need no password although <see cref="IsOpenToAll"/> is false.
    /// </exception>
    public void Check()
    {
        foreach (var address in Addresses.Where(address => address.Port is < 0 or > 65535))
            throw ListeningErrors.PortOutOfRange(address.Port, Words);
        var hasPassword = !string.IsNullOrEmpty(Password);
        if (hasPassword && IsOpenToAll)
            throw ListeningErrors.UnusedPassword(Words);
        if (!hasPassword && !IsOpenToAll && Addresses.FirstOrDefault(address => address.IsBeyondLoopback) is { } open)
            throw ListeningErrors.NeedsPassword(open, Words);
    }

    // The password must not reach a log through the record's generated text.
    public override string ToString() => $"{nameof(WebListening)} {string.Join(", ", Addresses)}";
}
