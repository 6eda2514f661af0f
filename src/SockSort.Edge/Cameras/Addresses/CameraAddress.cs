using System.Text.RegularExpressions;
using SockSort.Mqtt.Addresses;

namespace SockSort.Edge.Cameras.Addresses;

/// <summary>Where a network camera is and who asks it. Its text never holds a secret.</summary>
/// <remarks>A password stands in the address as people type it, or percent-encoded.</remarks>
public sealed partial class CameraAddress
{
    private const string Mask = "***";

    // A shorter word would be found in texts where it is no secret.
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

    /// <summary>In lower case: <c>rtsp</c>, <c>https</c>, …</summary>
    public string Scheme { get; }

    public CameraAddressKind Kind { get; }

    /// <summary>A name or an IP address, IPv6 in brackets.</summary>
    public string Host => _parts.Host;

    /// <summary>0 where the address names none.</summary>
    public int Port => _parts.Port;

    /// <summary>Path, query and fragment as the camera is asked for them. <b>May hold a secret.</b></summary>
    public string Tail { get; }

    /// <summary>As the user calls himself, not encoded; null without one.</summary>
    public string? User { get; }

    /// <summary>Not encoded; null without one.</summary>
    public string? Password { get; }

    /// <summary>As it may be shown to everybody: without the password, and of the query only what says which picture is wanted.</summary>
    public string Shown { get; }

    /// <summary>As <see cref="Shown"/>, whoever asks.</summary>
    public string ShownWithoutUser => $"{Scheme}://{Authority}{_parts.ShownTail}";

    /// <summary>For clients that are told user and password apart from it. <b>Its query may hold a secret.</b></summary>
    public string WithoutCredentials => $"{Scheme}://{Authority}{Tail}";

    /// <summary>Well formed, user and password percent-encoded. <b>A secret</b>: neither shown nor put on a command line.</summary>
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

    /// <summary>A password that was given apart and without a user only fills in path and query.</summary>
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

    /// <summary>Whether it is meant as an address, of whatever kind: it has a scheme and <c>://</c>.</summary>
    public static bool IsAddress(string source) => SchemeOf().IsMatch(source);

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="address">May hold <c>USER:PASSWORD@</c>; <c>{user}</c> and <c>{password}</c> in path and query are filled in.</param>
    /// <param name="user">Goes before the one in the address.</param>
    /// <param name="password">As <paramref name="user"/>.</param>
    /// <exception cref="CameraException">
    /// It is of an unknown kind, has no host, or can be read in two ways; the message repeats no secret.
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

    /// <summary>Whether it holds more than may be shown: a password, or a query, which may be one.</summary>
    public bool HasSecrets => WithCredentials != Shown;

    /// <summary>What another program says, without what is secret in this address, in whichever form it is repeated.</summary>
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
        // What the shown form leaves out of path and query.
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
