using System.Text.RegularExpressions;

namespace SockSort.Mqtt.Addresses;

/// <summary>
/// Texts of strangers (a command line that was mistyped, what another program says) without the secrets of addresses in them.
/// </summary>
public static partial class Secretless
{
    private const string Mask = "***";

    /// <summary>Every address in the text without password and query, whether it is well formed or not.</summary>
    public static string Text(string text) => Addresses().Replace(text, match =>
    {
        // What follows it in the sentence is none of it.
        var address = match.Value.TrimEnd(':', ',', ';', '.', '\'', '"', ')');
        return Address(address) + match.Value[address.Length..];
    });

    /// <summary>
    /// What may be meant as an address: <c>rtsp:/admin:secret@host/x</c> becomes <c>rtsp:/admin:***@host/x</c>. The last <c>@</c> ends what
    /// is hidden, since a password may hold others; nothing is hidden where no colon comes before it.
    /// </summary>
    public static string Address(string address)
    {
        var scheme = SchemeOf().Match(address).Length;
        var (colon, at) = (address.IndexOf(':', scheme), address.LastIndexOf('@'));
        var isHidden = colon >= 0 && colon < at;
        var head = isHidden ? $"{address[..colon]}:{Mask}" : address[..scheme];
        var rest = address[(isHidden ? at : scheme)..];
        var tail = rest.IndexOfAny(['/', '?', '#']);
        return tail < 0 || scheme == 0 ? head + rest : head + rest[..tail] + ShownTail.Of(rest[tail..]);
    }

    // A password may hold blanks and quotation marks: up to the line's last '@' all may belong to it.
    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9+.-]*://(.*@)?\S*")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9+.-]*:/{1,2}")]
    private static partial Regex SchemeOf();
}
