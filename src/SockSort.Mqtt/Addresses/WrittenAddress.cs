using System.Net;
using System.Text.RegularExpressions;

namespace SockSort.Mqtt.Addresses;

/// <summary>
/// What follows <c>://</c> in the address of a camera or a broker, as people write it: with <c># ? / @ % :</c> in the password, so that the
/// first of these need not end the host as it does in a well-formed URI [RFC 3986, 3.2].
/// </summary>
public sealed partial class WrittenAddress
{
    private const string Delimiters = "/?#";
    private const int Certain = 4;

    // Behind a lone word these are ports, others may be how a password begins: 'cam:554/user@x', but 'admin:99/9@cam'.
    private static readonly int[] UsualPorts =
    [
        80, 81, 88, 443, 554, 1883, 1935, 1984, 7441, 7447, 8000, 8080, 8081, 8443, 8554, 8883, 8888,
    ];

    private readonly string? _credentials;

    // Whether an '@' in the tail could be the one that ends a password: then the tail up to it is not shown.
    private bool _mayHideMore;

    private WrittenAddress(string? credentials, string host, int port, string tail) =>
        (_credentials, Host, Port, Tail) = (credentials, host, port, tail);

    /// <summary>The user, decoded; null where the address has none.</summary>
    public string? User => Decoded()[0] is { Length: > 0 } user ? user : null;

    /// <summary>The password, decoded; null where the address has none.</summary>
    public string? Password => Decoded().ElementAtOrDefault(1);

    /// <summary>The password as it stands in the address; null where there is none.</summary>
    public string? WrittenPassword => _credentials?.Split(':', 2).ElementAtOrDefault(1);

    /// <summary>A name or an IP address, IPv6 in brackets.</summary>
    public string Host { get; }

    /// <summary>The port; 0 where the address names none.</summary>
    public int Port { get; }

    /// <summary>Host and port as an address holds them; without a port that is not written.</summary>
    public string HostAndPort => Port > 0 ? $"{Host}:{Port}" : Host;

    /// <summary>Path, query and fragment, as written. May hold secrets.</summary>
    public string Tail { get; }

    /// <summary>Path and query as they may be shown.</summary>
    public string ShownTail => SockSort.Mqtt.Addresses.ShownTail.Of(Tail, _mayHideMore);

    /// <summary>How surely the host is one: an IP address, a name with a port, a name with a dot, a word.</summary>
    private int Strength
    {
        get
        {
            if (Host == "localhost" || IPAddress.TryParse(Host, out _))
                return Certain;
            var isPort = Port > 0 && (_credentials is not null || UsualPorts.Contains(Port));
            if (isPort)
                return 3;
            return Host.Contains('.') ? 2 : 1;
        }
    }

    private bool HasPassword => WrittenPassword is not null;

    /// <summary>
    /// The reading of a well-formed URI, unless another one is much more likely; null where there is none.
    /// </summary>
    /// <param name="rest">The address behind <c>://</c>.</param>
    /// <param name="preferPlain">Whether user and password are known from elsewhere.</param>
    /// <param name="isAmbiguous">Whether another reading is about as likely: a part of the password would be taken for the host.</param>
    public static WrittenAddress? Read(string rest, bool preferPlain, out bool isAmbiguous)
    {
        isAmbiguous = false;
        if (ReadingsOf(rest) is not [var first, .. var others])
            return null;
        if (others.Count == 0 || (preferPlain && first._credentials is null))
            return first;
        var strongest = others.MaxBy(reading => reading.Strength)!;
        var isFirst = first.Strength > strongest.Strength;
        // One step is no proof: 'cam' may be a host as well as 'door.lan'.
        isAmbiguous = !isFirst
            && (strongest.Strength < first.Strength + 2 || others.Count(reading => reading.Strength == strongest.Strength) > 1);
        var best = isFirst ? first : strongest;
        best._mayHideMore = best.Strength < Certain && others.Any(reading => reading.Tail.Length < best.Tail.Length);
        return best;
    }

    /// <summary>
    /// Every reading whose host could be one, that of a well-formed URI first. A user's name holds no delimiter: in <c>cam/user@x</c> the
    /// <c>@</c> belongs to the path.
    /// </summary>
    private static List<WrittenAddress> ReadingsOf(string rest)
    {
        var readings = new List<WrittenAddress>();
        // What follows '#' never leaves a browser: with an '@' further on it is a password.
        if (At(rest, 0, null) is { } plain && !(plain.Tail.StartsWith('#') && plain.Tail.Contains('@')))
            readings.Add(plain);
        var needsPassword = readings.Count > 0;
        for (var at = rest.IndexOf('@'); at >= 0; at = rest.IndexOf('@', at + 1))
        {
            if (At(rest, at + 1, rest[..at]) is not { } reading)
                continue;
            var user = rest[..at].Split(':')[0];
            if (!needsPassword || (reading.HasPassword && user.IndexOfAny([.. Delimiters]) < 0))
                readings.Add(reading);
            needsPassword = true;
        }
        return readings;
    }

    /// <summary>
    /// User and password. They are percent-encoded where nothing in them would have had to be encoded and each '%' begins a code; codes
    /// that are no UTF-8 stay as they are.
    /// </summary>
    private string[] Decoded()
    {
        var written = (_credentials ?? "").Split(':', 2);
        return written.All(word => PercentEncoded().IsMatch(word)) ? [.. written.Select(Uri.UnescapeDataString)] : written;
    }

    private static WrittenAddress? At(string rest, int start, string? credentials)
    {
        var match = HostPattern().Match(rest, start);
        if (!match.Success)
            return null;
        var (host, digits) = (match.Groups["host"].Value, match.Groups["port"].Value);
        // '1234' and '1.2' are ends of passwords; a lone number would be taken for an IP address, too.
        if (host.All(character => char.IsAsciiDigit(character) || character == '.')
            && !(host.Count(c => c == '.') == 3 && IPAddress.TryParse(host, out _)))
            return null;
        var port = digits.Length > 0 ? int.Parse(digits) : 0;
        var isPort = digits.Length == 0 || port is >= 1 and <= ushort.MaxValue;
        return isPort ? new WrittenAddress(credentials, host, port, rest[(start + match.Length)..]) : null;
    }

    [GeneratedRegex(
        @"\G(?<host>\[[0-9A-Fa-f:.]+(%[\w.-]+)?\]|[\p{L}\p{N}_][\p{L}\p{N}_-]*(\.[\p{L}\p{N}_-]+)*\.?)(:(?<port>[0-9]{0,5}))?(?=[/?#]|$)")]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"^(?:[^%/?#@]|%[0-9A-Fa-f]{2})*$")]
    private static partial Regex PercentEncoded();
}
