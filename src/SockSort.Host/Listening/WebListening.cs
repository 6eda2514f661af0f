using Microsoft.Extensions.Logging;

namespace SockSort.Host.Listening;

/// <summary>Where a surface listens and who may come in: the same for all of them.</summary>
public sealed record WebListening
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<WebAddress> Addresses { get; init; }

    /// <summary>Asked for as HTTP Basic (any user) or Bearer, where set; an empty one is none. Never shown. Default: none.</summary>
    public string? Password { get; init; }

    /// <summary>Lets in everybody who reaches an address beyond loopback, without a password. Default: no.</summary>
    public bool IsOpenToAll { get; init; }

    /// <summary>Takes a free port where the asked one is taken, instead of failing. Default: no.</summary>
    public bool AnyPortIfTaken { get; init; }

    /// <summary>Folder that keeps the program's own certificate from start to start (mode 600); null = a new one at each start.</summary>
    public string? CertificateFolder { get; init; }

    /// <summary>PEM file of the user's own certificate, with what leads to its authority; null = one that is made here.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of the key of <see cref="CertificateFile"/>; null = it stands in the same file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>How the user calls these settings, for errors.</summary>
    public ListeningWords Words { get; init; } = new();

    /// <summary>Told what the user should know while it listens: that the certificate is another one. Default: nobody.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>Where it listens and who guesses is logged there: docs/reference/logging.md. Null, the default: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }

    /// <summary>Clock of the certificate and of wrong passwords.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether other machines can reach one of the addresses.</summary>
    public bool IsBeyondLoopback => Addresses.Any(address => address.IsBeyondLoopback);

    /// <summary>Whether other machines can come in without a password.</summary>
    public bool IsShownToAll => IsBeyondLoopback && IsOpenToAll;

    /// <summary>At one address, as <see cref="WebAddress.Parse"/> reads it, for this machine only.</summary>
    public static WebListening At(string address) => new() { Addresses = [WebAddress.Parse(address)] };

    /// <exception cref="ListeningException">A port is out of range; other machines could come in without a password and nobody said that
    /// they may.</exception>
    public void Check()
    {
        foreach (var address in Addresses.Where(address => address.Port is < 0 or > 65535))
            throw ListeningErrors.PortOutOfRange(address.Port, Words);
        var hasPassword = !string.IsNullOrEmpty(Password);
        if (hasPassword && IsOpenToAll)
            throw ListeningErrors.PasswordForNobody(Words);
        if (!hasPassword && !IsOpenToAll && Addresses.FirstOrDefault(address => address.IsBeyondLoopback) is { } open)
            throw ListeningErrors.NeedsPassword(open, Words);
    }

    // The password must not come into a log by way of a record's text.
    public override string ToString() => $"{nameof(WebListening)} {string.Join(", ", Addresses)}";
}
