using System.Text.RegularExpressions;
using SockSort.Mqtt.Addresses;

namespace SockSort.Edge.Cameras.Addresses;

/// <summary>Address of a network camera, with its user and password. <c>ToString</c> never returns a secret.</summary>
/// <remarks>A password may stand in the address in plain text or percent-encoded.</remarks>
public sealed partial class CameraAddress
{
    private const string Mask = "***";

    // A shorter secret would also be masked in texts where the same letters are no secret.
    private const int ShortestWord = 4;

    private static readonly Dictionary<string, CameraAddressKind> Kinds = new()
    {
        ["rtsp"] = CameraAddressKind.Rtsp,
        ["rtsps"] = CameraAddressKind.Rtsp,
        ["rtmp"] = CameraAddressKind.Rtmp,
        ["rtmps"] = CameraAddressKind.Rtmp,
        ["http"] = CameraAddressKind.Http,
        ["https"] = CameraAddressKind.Http,
    };

    private readonly string _written;
    private readonly WrittenAddress _parts;

    private CameraAddress(string address, string scheme, WrittenAddress parts, string? user, string? password)
    {
        (_written, _parts, Scheme, Kind) = (address, parts, scheme, Kinds[scheme]);
        User = Given(user) ?? parts.User;
        Password = Given(password) ?? parts.Password;
        Tail = Filled(parts.Tail);
        Shown = $"{Scheme}://{ShownAccount}{Authority}{parts.ShownTail}";
    }

    /// <summary>Scheme in lower case: <c>rtsp</c>, <c>https</c>, …</summary>
    public string Scheme { get; }

    public CameraAddressKind Kind { get; }

    /// <summary>Host name or IP address; an IPv6 address stands in brackets.</summary>
    public string Host => _parts.Host;

    /// <summary>Port; 0 if the address names none.</summary>
    public int Port => _parts.Port;

    /// <summary>Path, query and fragment, as they are sent to the camera. <b>May hold a secret.</b></summary>
    public string Tail { get; }

    /// <summary>User name, not percent-encoded; null if there is none.</summary>
    public string? User { get; }

    /// <summary>Password, not percent-encoded; null if there is none.</summary>
    public string? Password { get; }

    /// <summary>The address as everybody may see it: without the password, and of the query only what selects the picture.</summary>
    public string Shown { get; }

    /// <summary>Same as <see cref="Shown"/>, but without the user.</summary>
    public string ShownWithoutUser => $"{Scheme}://{Authority}{_parts.ShownTail}";

    /// <summary>The address for clients that take user and password apart from it. <b>Its query may hold a secret.</b></summary>
    public string WithoutCredentials => $"{Scheme}://{Authority}{Tail}";

    /// <summary>
    /// The well-formed address with user and password percent-encoded. <b>A secret</b>: it is neither shown nor put on a command line.
    /// </summary>
    public string WithCredentials
    {
        get
        {
            if (!HasAccount)
                return WithoutCredentials;
            var password = Password is null ? "" : $":{Uri.EscapeDataString(Password)}";
            return $"{Scheme}://{Uri.EscapeDataString(User ?? "")}{password}@{Authority}{Tail}";
        }
    }

    /// <summary>
    /// Whether the address has a user or a password before its host. A password that was given apart and without a user only fills in path
    /// and query.
    /// </summary>
    private bool HasAccount => User is not null || _parts.WrittenPassword is not null;

    private string ShownAccount
    {
        get
        {
            var password = Password is null ? "" : $":{Mask}";
            return HasAccount ? $"{User}{password}@" : "";
        }
    }

    private string Authority => _parts.HostAndPort;

    /// <summary>Whether the text is meant as an address of any kind: it begins with a scheme and <c>://</c>.</summary>
    public static bool IsAddress(string source) => SchemeOf().IsMatch(source);

    /// <summary>Parses an address that a user wrote.</summary>
    /// <param name="address">May hold <c>USER:PASSWORD@</c>; <c>{user}</c> and <c>{password}</c> in path and query are filled in.</param>
    /// <param name="user">Overrides the user in the address; null or empty keeps that one.</param>
    /// <param name="password">Overrides the password in the address; null or empty keeps that one.</param>
    /// <exception cref="CameraException">
    /// The address has an unknown scheme, a control character or no host, or can be read in two ways; the message repeats no secret.
    /// </exception>
    public static CameraAddress Parse(string address, string? user = null, string? password = null)
    {
        var scheme = SchemeOf().Match(address).Groups["scheme"].Value.ToLowerInvariant();
        if (!Kinds.ContainsKey(scheme))
            throw CameraErrors.UnknownScheme(Secretless.Address(address), scheme);
        if (address.Any(char.IsControl))
            throw CameraErrors.ControlCharacter(scheme);
        var rest = address[(scheme.Length + "://".Length)..];
        var parts = WrittenAddress.Read(rest, preferPlain: Given(user) is not null, out var isAmbiguous)
            ?? throw CameraErrors.NoHost(scheme);
        if (isAmbiguous)
            throw CameraErrors.Ambiguous(scheme);
        return new CameraAddress(address, scheme, parts, user, password);
    }

    /// <summary>Whether the address holds more than may be shown: a password, or a query, which may be a secret.</summary>
    public bool HasSecrets => WithCredentials != Shown;

    /// <summary>Returns the text of another program without the secrets of this address, in whichever form they are repeated.</summary>
    public string Redact(string text)
    {
        foreach (var whole in new[] { _written, WithCredentials, WithoutCredentials })
            text = text.Replace(whole, Shown, StringComparison.OrdinalIgnoreCase);
        foreach (var word in Secrets().Where(word => word.Length >= ShortestWord).OrderByDescending(word => word.Length))
            text = text.Replace(word, Mask, StringComparison.Ordinal);
        return Secretless.Text(text);
    }

    /// <inheritdoc cref="Shown"/>
    public override string ToString() => Shown;

    private IEnumerable<string> Secrets()
    {
        if (_parts.WrittenPassword is { } written)
            yield return written;
        if (Password is not null)
        {
            yield return Password;
            yield return Uri.EscapeDataString(Password);
        }
        // These are the values of path and query that the shown form leaves out.
        foreach (var value in NamedValue()
            .Matches(Tail)
            .Select(match => match.Groups["value"].Value)
            .Where(value => !Shown.Contains(value)))
        {
            yield return value;
            yield return Uri.UnescapeDataString(value);
        }
    }

    private string Filled(string tail) => tail
        .Replace("{user}", Uri.EscapeDataString(User ?? ""), StringComparison.Ordinal)
        .Replace("{password}", Uri.EscapeDataString(Password ?? ""), StringComparison.Ordinal);

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    [GeneratedRegex("^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://")]
    private static partial Regex SchemeOf();

    [GeneratedRegex(@"=(?<value>[^&;#/]+)")]
    private static partial Regex NamedValue();
}
